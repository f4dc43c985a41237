import type { TFunction } from 'i18next';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import type { Formats } from '../../time/formats';
import { lastDayOf, rulePartsOf, type RuleParts } from './rule-parts';

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** A Monday, to name weekdays by. */
const MONDAY = Date.parse('2024-01-01T00:00:00Z');
const keys: Record<string, string> = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly' };
const nths: Record<string, string> = { '1': 'first', '2': 'second', '3': 'third', '4': 'fourth', '-1': 'last' };

/** A series' rule as a sentence for common rules; rarer ones say only that it repeats. `zone` is the series' own. */
export function useRepeatWords(): (lines: readonly string[], zone?: string) => string {
  const { t } = useTranslation();
  const { formats } = usePerson();
  return (lines, zone) => describeRepeat(lines, t, formats, zone);
}

export function describeRepeat(lines: readonly string[], t: TFunction, formats: Formats, zone = formats.zone): string {
  const parts = rulePartsOf(lines.find((line) => line.startsWith('RRULE:')) ?? '');
  const key = keys[parts.get('FREQ') ?? ''];
  const rare = [...parts.keys()].some((name) => /^BY(SETPOS|YEARDAY|WEEKNO|HOUR|MINUTE|SECOND)$/.test(name));
  if (!key || rare) return t('repeat.other');
  const sentence = [frequency(key, parts, t), on(parts, t, formats)].filter(Boolean).join(' ');
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  if (count) return `${sentence}, ${t('repeat.times', { count: Number(count) })}`;
  if (until) return `${sentence}, ${t('repeat.until', { day: formats.date(lastDayOf(until, zone)) })}`;
  return sentence;
}

const isWorkdays = (parts: RuleParts) =>
  parts.get('FREQ') === 'WEEKLY' && parts.get('BYDAY') === 'MO,TU,WE,TH,FR' && Number(parts.get('INTERVAL') ?? 1) === 1;

function frequency(key: string, parts: RuleParts, t: TFunction): string {
  if (isWorkdays(parts)) return t('repeat.workdays');
  return t(`repeat.${key}`, { count: Number(parts.get('INTERVAL') ?? 1) });
}

function on(parts: RuleParts, t: TFunction, formats: Formats): string | null {
  if (isWorkdays(parts)) return null;
  const byDay = parts.get('BYDAY');
  const day = parts.get('BYMONTHDAY');
  const numbered = /^(-1|[1-4])([A-Z]{2})$/.exec(byDay ?? '');
  const nth = numbered?.[1] && nths[numbered[1]];
  if (nth) return t('repeat.onNth', { nth: t(`repeat.nth.${nth}`), weekday: dayNames(numbered[2], formats) });
  const days = dayNames(byDay, formats);
  if (days) return t('repeat.on', { days });
  return day && /^\d+$/.test(day) && parts.get('FREQ') === 'MONTHLY' ? t('repeat.onDay', { day }) : null;
}

/** `MO,WE` → `Monday and Wednesday`; several numbered days (`2TU,4TU`) are left out rather than told wrongly. */
function dayNames(byDay: string | undefined, formats: Formats): string | null {
  const names = byDay?.split(',').map((day) => weekdays.indexOf(day));
  if (!names || names.includes(-1)) return null;
  const format = new Intl.DateTimeFormat(formats.language, { weekday: 'long', timeZone: 'UTC' });
  const words = names.map((index) => format.format(MONDAY + index * 86_400_000));
  return new Intl.ListFormat(formats.language).format(words);
}
