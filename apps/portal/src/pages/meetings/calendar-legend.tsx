import { useCalendars } from '../../api/meeting-queries';
import { useServiceLabel } from '../../api/people-queries';
import { useTranslation } from '../../i18n/use-translation';
import { calendarMarks, markStyle } from './calendar-marks';
import classes from './calendar-legend.module.css';

/** Whose colour is whose, as soon as there are two accounts to be told apart. */
export function CalendarLegend() {
  const { t } = useTranslation();
  const labelOf = useServiceLabel();
  const items = useCalendars().data?.items ?? [];
  const shown = items.filter(({ selected }) => selected);
  if (new Set(shown.map(({ connectionId }) => connectionId)).size < 2) return null;
  const marks = calendarMarks(items);
  return (
    <ul className={classes.legend} aria-label={t('meetings.legend')}>
      {shown.map((calendar) => (
        <li key={calendar.id}>
          <MarkDot mark={marks.get(calendar.id)} />
          {calendar.name} <span className={classes.service}>{labelOf(calendar.service)}</span>
        </li>
      ))}
    </ul>
  );
}

/** A calendar's colour beside its name. */
export function MarkDot({ mark = 'transparent' }: { mark: string | undefined }) {
  return <span className={classes.dot} data-mark style={markStyle(mark)} aria-hidden="true" />;
}
