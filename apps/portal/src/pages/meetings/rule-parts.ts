import { toCivil } from '../../time/zoned-time';

export type RuleParts = ReadonlyMap<string, string>;

/** `RRULE:FREQ=WEEKLY;COUNT=5` by the names of its parts. */
export function rulePartsOf(rule: string): RuleParts {
  const cut = (part: string): [string, string] => {
    const at = part.indexOf('=');
    return [part.slice(0, at).toUpperCase(), part.slice(at + 1).toUpperCase()];
  };
  return new Map(
    rule
      .replace(/^RRULE:/i, '')
      .split(';')
      .map((part) => cut(part)),
  );
}

/** The last day of a series on its own clock, from the value of `UNTIL`: in UTC that can be another day. */
export function lastDayOf(until: string, zone: string): string {
  const [, year, month, day, clock] = /^(\d{4})(\d\d)(\d\d)(?:T(\d{6})Z)?/.exec(until) ?? [];
  const date = `${year}-${month}-${day}`;
  const time = clock && `${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4, 6)}`;
  return time ? toCivil(Date.parse(`${date}T${time}Z`), zone).slice(0, 10) : date;
}
