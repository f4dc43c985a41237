import { addDays, daysBetween, instantOf, isAllDayTime, type OriginalStart, toCivil } from '@daybook/domain';
import type { MeetingDraft } from '@daybook/provider-port';

/** An occurrence as its series makes it. */
export function occurrenceDraft(series: MeetingDraft, original: OriginalStart): MeetingDraft {
  const { start, end } = series;
  if ('date' in original) {
    if (!isAllDayTime(start) || !isAllDayTime(end)) return { ...series, lines: [] };
    const last = addDays(original.date, daysBetween(start.date, end.date));
    return { ...series, start: { date: original.date }, end: { date: last }, lines: [] };
  }
  if (isAllDayTime(start) || isAllDayTime(end)) return { ...series, lines: [] };
  const endsAt = original.instant + instantOf(end) - instantOf(start);
  return {
    ...series,
    start: { dateTime: toCivil(original.instant, start.timeZone), timeZone: start.timeZone },
    end: { dateTime: toCivil(endsAt, end.timeZone), timeZone: end.timeZone },
    lines: [],
  };
}
