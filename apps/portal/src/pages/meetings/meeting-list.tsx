import { Button, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { useLocation } from 'react-router';
import { useMeetingList } from '../../api/meeting-queries';
import { usePerson } from '../../shell/person-context';
import { useAnnounce } from '../../shell/announce-context';
import { RowSkeletons } from '../../states/first-load';
import { ProblemBox } from '../../states/problem-box';
import { nearDay, type Formats } from '../../time/formats';
import { groupByDay, type DayEntry, type MeetingDay } from '../../time/meeting-days';
import { useNow } from '../../time/now';
import { addDays, dayOf, type Instant } from '../../time/zoned-time';
import { useCalendarMark, type CalendarMark } from './calendar-marks';
import { listStart } from './list-start';
import type { MeetingsAddress } from './meeting-filter';
import { MeetingRow } from './meeting-row';
import { NoMeetings } from './no-meetings';
import classes from './meetings.module.css';

/** Starts within this are counted down. */
const SOON_MS = 60 * 60_000;

interface ListProps {
  readonly address: MeetingsAddress;
  readonly beside: boolean;
  readonly chosen: string | null;
}

/** What is ahead, by day, from the start of today to the end of what the server has at hand. */
export function MeetingList({ address, beside, chosen }: ListProps) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const now = useNow();
  const today = dayOf(now, formats.zone);
  const from = listStart(now, formats.zone);
  const list = useMeetingList(address.filter, from);
  const meetings = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const markOf = useCalendarMark();
  const { search } = useLocation();
  useRowKeys();
  useChangeAnnouncement(list.data, list.isPlaceholderData);
  if (!meetings) {
    return list.error ? <ProblemBox error={list.error} onRetry={() => void list.refetch()} /> : <RowSkeletons />;
  }
  if (meetings.length === 0) return <NoMeetings address={address} />;
  const days = groupByDay(meetings, formats.zone, now);
  return (
    <div className={classes.list} data-waiting={list.isPlaceholderData || undefined}>
      {list.error && <ProblemBox error={list.error} onRetry={() => void list.refetch()} />}
      {days.map((day) => (
        <DaySection key={day.day} {...{ day, now, today, markOf, search, beside, chosen }} />
      ))}
      {list.hasNextPage ? (
        <Button variant="default" mt="md" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('meetings.more')}
        </Button>
      ) : (
        <EndOfList until={list.data?.pages.at(-1)?.freshness?.coverage?.to} today={today} />
      )}
    </div>
  );
}

/** Says to which whole day the list reaches, because calendars go on behind it. */
function EndOfList({ until, today }: { until: string | undefined; today: string }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const day = until && formats.day(addDays(dayOf(Date.parse(until), formats.zone), -1), today);
  return (
    <Text c="dimmed" mt="md">
      {day ? t('meetings.endUntil', { day }) : t('meetings.end')}
    </Text>
  );
}

interface DayProps extends Omit<ListProps, 'address'> {
  readonly day: MeetingDay;
  readonly now: Instant;
  readonly today: string;
  readonly markOf: CalendarMark;
  readonly search: string;
}

function DaySection({ day, now, today, markOf, search, beside, chosen }: DayProps) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const row = (entry: DayEntry) => (
    <MeetingRow
      key={entry.meeting.id}
      {...entry}
      mark={markOf(entry.meeting)}
      countdown={countdownOf(entry, now, formats, t)}
      search={search}
      beside={beside}
      chosen={chosen === entry.meeting.id}
    />
  );
  const near = nearDay(day.day, today);
  const count = day.allDay.length + day.timed.length;
  return (
    <section aria-labelledby={`day-${day.day}`}>
      <h2 id={`day-${day.day}`} className={classes.day}>
        {near && <strong>{t(`meetings.${near}`)}</strong>} <span>{formats.day(day.day, today)}</span>
      </h2>
      {count === 0 && <p className={classes.quiet}>{t('meetings.noneToday')}</p>}
      <ul className={classes.rows}>
        {day.allDay.map(row)}
        {day.timed.slice(0, day.nowIndex ?? day.timed.length).map(row)}
        {count > 0 && day.nowIndex !== null && <NowLine />}
        {day.nowIndex !== null && day.timed.slice(day.nowIndex).map(row)}
      </ul>
    </section>
  );
}

function countdownOf(entry: DayEntry, now: Instant, formats: Formats, t: TFunction): string | null {
  const { meeting, phase, startsAt, endsAt } = entry;
  if (meeting.allDay) return null;
  if (phase === 'now') return t('meetings.running', { time: formats.time(endsAt) });
  return phase === 'next' && startsAt - now <= SOON_MS ? formats.until(startsAt, now) : null;
}

function NowLine() {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const now = useNow();
  return (
    <li className={classes.now}>
      <span>{t('meetings.nowLine', { time: formats.time(now) })}</span>
    </li>
  );
}

/** J and K move the focus from row to row; Enter follows the link that has it. */
function useRowKeys(): void {
  const move = (step: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-meeting-row]')];
    const present = rows.findIndex((row) => row === document.activeElement);
    const start = rows.findIndex((row) => row.closest('[data-phase="next"], [data-phase="now"]') !== null);
    const next = present === -1 ? Math.max(0, start) : Math.min(rows.length - 1, Math.max(0, present + step));
    rows[next]?.focus();
    rows[next]?.scrollIntoView({ block: 'nearest' });
  };
  useHotkeys([
    ['J', () => move(1)],
    ['K', () => move(-1)],
  ]);
}

/** `shown` stays the same object as long as nothing in it changes, however often it is read. */
function useChangeAnnouncement(shown: object | undefined, placeholder: boolean): void {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const last = useRef<object | undefined>(undefined);
  useEffect(() => {
    if (placeholder || !shown) return;
    if (last.current && last.current !== shown) announce(t('app.updated'));
    last.current = shown;
  }, [shown, placeholder, announce, t]);
}
