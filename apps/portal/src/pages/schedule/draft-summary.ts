import { useTranslation } from '../../i18n/use-translation';
import { useCalendars } from '../../api/meeting-queries';
import { usePerson } from '../../shell/person-context';
import { addDays, dayOf } from '../../time/zoned-time';
import { describeRepeat } from '../meetings/repeat-words';
import { repeatLines, spanOf, type Draft } from './draft';
import type { Part } from './merge';

const LONGEST = 60;

/** A part of a meeting in a few words. */
export function useDraftSummary(): (part: Part, draft: Draft) => string {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const calendars = useCalendars();
  return (part, draft) => {
    if (part === 'topic') return short(draft.topic) || '–';
    if (part === 'time') return timeOf(draft);
    if (part === 'repeat') return repeatOf(draft);
    if (part === 'calendar')
      return calendars.data?.items.find(({ id }) => id === draft.calendarId)?.name ?? t('schedule.noCalendar');
    if (part === 'attendees') return draft.attendees.map(({ name, email }) => name ?? email).join(', ') || '–';
    if (part === 'visibility') return t(`schedule.visibilities.${draft.visibility}`);
    return short(draft.description) || '–';
  };

  function timeOf(draft: Draft): string {
    const span = spanOf(draft);
    if (span) {
      const day = formats.shortDay(dayOf(span.from, draft.zone));
      return `${day}, ${formats.timeIn(span.from, draft.zone)}–${formats.timeIn(span.to, draft.zone)}`;
    }
    const last = addDays(draft.date, draft.days - 1);
    return draft.days > 1 ? `${formats.date(draft.date)} – ${formats.date(last)}` : formats.date(draft.date);
  }

  function repeatOf(draft: Draft): string {
    const lines = repeatLines(draft);
    return lines.length > 0 ? describeRepeat(lines, t, formats, draft.zone) : t('repeat.none');
  }
}

const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
