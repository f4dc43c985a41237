import '@mantine/schedule/styles.css';
import { Alert } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { MobileMonthView, MonthView, type ScheduleEventData } from '@mantine/schedule';
import 'dayjs/locale/de';
import 'dayjs/locale/en-gb';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { useLocation, useNavigate } from 'react-router';
import { useMeetingRange } from '../../api/meeting-queries';
import { usePerson } from '../../shell/person-context';
import { Icon } from '../../shell/icon';
import { RowSkeletons } from '../../states/first-load';
import { ProblemBox } from '../../states/problem-box';
import { useNow } from '../../time/now';
import { dayOf, startOfDay, toCivil } from '../../time/zoned-time';
import { markStyle, useCalendarMark } from './calendar-marks';
import type { MeetingsAddress } from './meeting-filter';
import { useMeetingTitle } from './meeting-words';
import { periodOf } from './schedule-period';
import { firstHour, toScheduleEvents } from './schedule-events';
import { ScheduleBar } from './schedule-bar';
import classes from './schedule.module.css';
import { TimedView } from './timed-view';

/** Day, week and month on the person's own clock. */
export function ScheduleView({ address }: { address: MeetingsAddress }) {
  const { t, i18n } = useTranslation();
  const { formats } = usePerson();
  const now = useNow();
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const today = dayOf(now, formats.zone);
  const view = address.view === 'month' ? 'month' : address.view === 'week' && !narrow ? 'week' : 'day';
  const date = address.date ?? today;
  const period = periodOf(view, date);
  const range = useMemo(() => {
    const at = (day: string) => new Date(startOfDay(day, formats.zone)).toISOString();
    return { from: at(period.from), to: at(period.to) };
  }, [period.from, period.to, formats.zone]);
  const meetings = useMeetingRange(address.filter, range);
  const titleOf = useMeetingTitle();
  const events = toScheduleEvents(meetings.data?.items ?? [], formats.zone, titleOf, view === 'day' ? date : null);
  const shared = useSharedProps(address, events, i18n.language);
  const body = useEventBody();
  return (
    <div className={classes.root}>
      <ScheduleBar view={view} date={date} onDate={(next) => address.change({ date: next })} />
      {meetings.error && <ProblemBox error={meetings.error} onRetry={() => void meetings.refetch()} />}
      {meetings.data?.next && (
        <Alert variant="light" color="yellow" icon={<Icon name="info" />} mb="sm">
          {t('meetings.tooMany')}
        </Alert>
      )}
      {meetings.isPending ? (
        <RowSkeletons />
      ) : view !== 'month' ? (
        <TimedView
          {...shared}
          {...body}
          span={view}
          date={date}
          onDay={(day) => address.change({ view: 'day', date: day })}
          firstHour={firstHour(events, period.from <= today && today < period.to ? toCivil(now, formats.zone) : null)}
        />
      ) : narrow ? (
        <MobileMonthView
          {...shared}
          date={date}
          selectedDate={date}
          onSelectedDateChange={(day) => address.change({ date: day })}
          eventsHeaderFormat={i18n.language === 'de' ? 'dddd, D. MMMM' : 'dddd D MMMM'}
          // The library names the chosen day by an attribute that buttons must not have.
          getDayProps={(day) => ({ 'aria-selected': undefined, 'aria-pressed': day.slice(0, 10) === date })}
          renderHeader={() => null}
        />
      ) : (
        <MonthView
          {...shared}
          {...body}
          date={date}
          withHeader={false}
          highlightToday
          onDayClick={(day) => address.change({ view: 'day', date: day.slice(0, 10) })}
        />
      )}
    </div>
  );
}

function useSharedProps(address: MeetingsAddress, events: ScheduleEventData[], language: string) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const navigate = useNavigate();
  return {
    events,
    locale: language === 'de' ? 'de' : 'en-gb',
    radius: 'sm',
    labels: {
      today: t('meetings.today'),
      next: t('meetings.next'),
      previous: t('meetings.previous'),
      day: t('meetings.day'),
      week: t('meetings.week'),
      month: t('meetings.month'),
      allDay: t('meetings.allDay'),
      timeSlot: t('meetings.timeSlot'),
      noEvents: t('meetings.noneToday'),
      more: t('meetings.more'),
      moreLabel: (count: number) => t('meetings.moreEvents', { count }),
    },
    onEventClick: (event: ScheduleEventData) =>
      void navigate(
        { pathname: `/meetings/${encodeURIComponent(String(event.id))}`, search },
        { preventScrollReset: true },
      ),
  };
}

/** Time and title beside the thin mark of the calendar. */
function useEventBody() {
  const markOf = useCalendarMark();
  return {
    renderEventBody: (event: ScheduleEventData) => (
      <span
        className={classes.event}
        data-mark
        style={markStyle(markOf({ calendar: event.payload?.calendar ?? null }))}
      >
        <span className={classes.eventTime}>{event.payload?.time}</span> {event.title}
      </span>
    ),
  };
}
