import type { TFunction } from 'i18next';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import type { Formats } from '../../time/formats';

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** A Monday, to name weekdays by. */
const MONDAY = Date.parse('2024-01-01T00:00:00Z');
const keys: Record<string, string> = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly' };

/** A series' rule as a sentence for common rules; rarer ones say only that it repeats. */
export function useRepeatWords(): (lines: readonly string[]) => string {
  const { t } = useTranslation();
  const { formats } = usePerson();
  return (lines) => describeRepeat(lines, t, formats);
}

export function describeRepeat(lines: readonly string[], t: TFunction, formats: Formats): string {
  const rule = lines.find((line) => line.startsWith('RRULE:'));
  const parts = new Map(
    (rule ?? '')
      .slice(6)
      .split(';')
      .map((part) => cut(part)),
  );
  const key = keys[parts.get('FREQ') ?? ''];
  const rare = [...parts.keys()].some((name) => /^BY(SETPOS|YEARDAY|WEEKNO|HOUR|MINUTE|SECOND)$/.test(name));
  if (!key || rare) return t('repeat.other');
  const sentence = [t(`repeat.${key}`, { count: Number(parts.get('INTERVAL') ?? 1) })];
  const days = dayNames(parts.get('BYDAY'), formats);
  if (days) sentence.push(t('repeat.on', { days }));
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  if (count) return `${sentence.join(' ')}, ${t('repeat.times', { count: Number(count) })}`;
  if (until) return `${sentence.join(' ')}, ${t('repeat.until', { day: formats.shortDay(dashed(until)) })}`;
  return sentence.join(' ');
}

function cut(part: string): [string, string] {
  const at = part.indexOf('=');
  return [part.slice(0, at).toUpperCase(), part.slice(at + 1)];
}

/** `MO,WE` → `Monday and Wednesday`; a numbered day (`2TU`, `-1FR`) is left out rather than told wrongly. */
function dayNames(byDay: string | undefined, formats: Formats): string | null {
  const names = byDay?.split(',').map((day) => weekdays.indexOf(day));
  if (!names || names.includes(-1)) return null;
  const format = new Intl.DateTimeFormat(formats.language, { weekday: 'long', timeZone: 'UTC' });
  const words = names.map((index) => format.format(MONDAY + index * 86_400_000));
  return new Intl.ListFormat(formats.language).format(words);
}

const dashed = (date: string) => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
