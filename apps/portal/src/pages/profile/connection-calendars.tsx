import { Skeleton, Switch, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import type { Calendar } from '@daybook/contracts';
import { useCalendars, useSelectCalendar } from '../../api/meeting-queries';
import { ProblemBox } from '../../states/problem-box';
import classes from './profile.module.css';

/** Which calendars of a connection appear under Meetings. */
export function ConnectionCalendars({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const calendars = useCalendars();
  const select = useSelectCalendar();
  if (calendars.isPending) return <Skeleton height={36} />;
  if (calendars.error) return <ProblemBox error={calendars.error} onRetry={() => void calendars.refetch()} />;
  const own = calendars.data.items.filter((calendar) => calendar.connectionId === connectionId);
  if (own.length === 0) return null;
  return (
    <div>
      <Text fw={600}>{t('connection.calendars')}</Text>
      <Text c="dimmed">{t('connection.calendarsHint')}</Text>
      {select.error && <ProblemBox error={select.error} />}
      <ul className={classes.calendars}>
        {own.map((calendar) => (
          <li key={calendar.id}>
            <Switch
              label={calendar.name}
              checked={calendar.selected}
              disabled={select.isPending}
              onChange={(event) => select.mutate({ calendar, selected: event.currentTarget.checked })}
            />
            <CalendarNotes calendar={calendar} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CalendarNotes({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation();
  const notes = [
    calendar.primary && t('connection.primary'),
    !calendar.writable && t('connection.readOnly'),
    calendar.unreadable > 0 && t('connection.unreadable', { count: calendar.unreadable }),
  ].filter(Boolean);
  return notes.length > 0 ? <span className={classes.dim}>{notes.join(' · ')}</span> : null;
}
