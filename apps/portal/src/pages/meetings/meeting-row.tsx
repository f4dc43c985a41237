import { Badge, Button } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useLocation } from 'react-router';
import { usePerson } from '../../shell/person-context';
import { Icon } from '../../shell/icon';
import type { DayEntry } from '../../time/meeting-days';
import { useNow } from '../../time/now';
import { otherZoneSpan } from '../../time/formats';
import { useCalendarMark } from './calendar-marks';
import { joinUrl, useHostWords, useMeetingTitle } from './meeting-words';
import classes from './meetings.module.css';

/** Starts within this are counted down. */
const SOON_MS = 60 * 60_000;

/** One meeting on one line (two where there is no room): when, what, whose, and Join or why there is none. */
export function MeetingRow({ entry, beside, chosen }: { entry: DayEntry; beside: boolean; chosen: boolean }) {
  const { search } = useLocation();
  const titleOf = useMeetingTitle();
  const hostOf = useHostWords();
  const markOf = useCalendarMark();
  const { meeting, phase } = entry;
  const mark: CSSProperties & { '--mark': string } = { '--mark': markOf(meeting) };
  return (
    <li className={classes.row} data-phase={phase} data-chosen={chosen || undefined}>
      <RowTime entry={entry} />
      <span className={classes.mark} style={mark} aria-hidden="true" />
      <span className={classes.what}>
        <Link
          to={{ pathname: `/meetings/${encodeURIComponent(meeting.id)}`, search }}
          className={classes.link}
          data-meeting-row
          aria-current={chosen ? 'true' : undefined}
          preventScrollReset={beside}
        >
          {titleOf(meeting)}
        </Link>
        <RowSigns entry={entry} />
      </span>
      <span className={classes.who}>{hostOf(meeting)}</span>
      <RowSide entry={entry} />
    </li>
  );
}

function RowTime({ entry }: { entry: DayEntry }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  if (entry.meeting.allDay)
    return (
      <span className={classes.time} data-all-day>
        {t('meetings.allDay')}
      </span>
    );
  const other = otherZoneSpan(entry.meeting, formats);
  return (
    <span className={classes.time} title={other ? `${other.text} ${other.zone}` : undefined}>
      {formats.time(entry.startsAt)}
      <span className={classes.until}>–{formats.time(entry.endsAt)}</span>
    </span>
  );
}

function RowSigns({ entry: { meeting } }: { entry: DayEntry }) {
  const { t } = useTranslation();
  return (
    <span className={classes.signs}>
      {meeting.kind === 'webinar' && (
        <Badge variant="default" radius="sm" tt="none" fw={400}>
          {t('meetings.webinar')}
        </Badge>
      )}
      {meeting.visibility === 'private' && !meeting.redacted && (
        <span title={t('meetings.private')} role="img" aria-label={t('meetings.private')}>
          <Icon name="lock" size={14} />
        </span>
      )}
      {meeting.series && (
        <span title={t('detail.series')} role="img" aria-label={t('detail.series')}>
          <Icon name="repeat" size={14} />
        </span>
      )}
      {meeting.pending && (
        <span title={t('meetings.pendingWrite')} role="img" aria-label={t('meetings.pendingWrite')}>
          <Icon name="clock" size={14} />
        </span>
      )}
      {meeting.alsoIn.length > 0 && (
        <span className={classes.also}>
          {t('meetings.alsoIn', { calendars: meeting.alsoIn.map((copy) => copy.calendar.name).join(', ') })}
        </span>
      )}
    </span>
  );
}

function RowSide({ entry }: { entry: DayEntry }) {
  const { t } = useTranslation();
  const { me, formats } = usePerson();
  const now = useNow();
  const titleOf = useMeetingTitle();
  const { meeting, phase, startsAt, endsAt } = entry;
  const url = joinUrl(meeting);
  const soon = phase === 'next' && !meeting.allDay && startsAt - now <= SOON_MS;
  return (
    <span className={classes.side}>
      {soon && <span className={classes.soon}>{formats.until(startsAt, now)}</span>}
      {phase === 'now' && !meeting.allDay && (
        <span className={classes.soon}>{t('meetings.running', { time: formats.time(endsAt) })}</span>
      )}
      {url ? (
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          size="compact-sm"
          className={classes.join}
          variant={phase === 'past' ? 'default' : 'filled'}
          aria-label={t('meetings.joinNamed', { title: titleOf(meeting) })}
        >
          {t('meetings.join')}
        </Button>
      ) : (
        !meeting.redacted &&
        !meeting.join.recognised && <span className={classes.label}>{t('meetings.notOurs', { brand: me.brand })}</span>
      )}
    </span>
  );
}
