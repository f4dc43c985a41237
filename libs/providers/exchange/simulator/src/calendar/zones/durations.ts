const DURATION = /^(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})(?:\.\d{0,9})?S)?)?$/;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds of an xs:duration of whole seconds without years and months (`-PT1H`, `P0DT8H0M0.0S`), or null. */
export function readDuration(text: string): number | null {
  const found = DURATION.exec(text.trim());
  if (found === null || /[PT]$/.test(text.trim())) return null;
  const part = (index: number, unit: number): number => Number(found[index] ?? 0) * unit;
  const length = part(2, DAY) + part(3, HOUR) + part(4, MINUTE) + part(5, SECOND);
  return found[1] === '-' && length > 0 ? -length : length;
}

/** An xs:duration as .NET prints it: `PT1H30M`, `P1D`, `-PT2H`, `PT0S`. */
export function durationText(milliseconds: number): string {
  const rest = Math.abs(Math.trunc(milliseconds / SECOND)) * SECOND;
  const days = Math.floor(rest / DAY);
  const time = [
    [Math.floor(rest / HOUR) % 24, 'H'],
    [Math.floor(rest / MINUTE) % 60, 'M'],
    [Math.floor(rest / SECOND) % 60, 'S'],
  ]
    .filter(([value]) => value !== 0)
    .map(([value, unit]) => `${value}${unit}`)
    .join('');
  if (days === 0 && time === '') return 'PT0S';
  return `${milliseconds < 0 ? '-' : ''}P${days === 0 ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`;
}
