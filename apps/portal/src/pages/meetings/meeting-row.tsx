import { memo } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link } from 'react-router';
import type { Meeting } from '@daybook/contracts';
import { usePerson } from '../../shell/person-context';
import { Icon, type IconName } from '../../shell/icon';
import type { DayEntry } from '../../time/meeting-days';
import { otherZoneSpan } from '../../time/formats';
import { markStyle } from './calendar-marks';
import { joinUrl, useHostWords, useMeetingTitle } from './meeting-words';
import classes from './meetings.module.css';

interface RowProps extends DayEntry {
  /** The colour of the thin mark. */
  readonly mark: string;
  /** How long until it starts, or until when it runs. */
  readonly countdown: string | null;
  /** The address's own `?…`, which stays when the meeting is opened. */
  readonly search: string;
  readonly beside: boolean;
  readonly chosen: boolean;
}

/**
 * One meeting on one line (two where there is no room): when, what, whose, and Join or why there is none. There are many, and
 * each hint and each step of the clock comes by: a row is drawn again only when something in it is different.
 */
export const MeetingRow = memo(function MeetingRow(props: RowProps) {
  const { meeting, phase, mark, search, beside, chosen } = props;
  const titleOf = useMeetingTitle();
  const hostOf = useHostWords();
  return (
    <li className={classes.row} data-phase={phase} data-chosen={chosen || undefined}>
      <RowTime {...props} />
      <span className={classes.mark} data-mark style={markStyle(mark)} aria-hidden="true" />
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
        <RowSigns meeting={meeting} />
      </span>
      <span className={classes.who}>{hostOf(meeting)}</span>
      <RowSide {...props} />
    </li>
  );
});

function RowTime({ meeting, startsAt, endsAt }: DayEntry) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  if (meeting.allDay)
    return (
      <span className={classes.time} data-all-day>
        {t('meetings.allDay')}
      </span>
    );
  const other = otherZoneSpan(meeting, formats);
  return (
    <span className={classes.time} title={other ? `${other.text} ${other.zone}` : undefined}>
      {formats.time(startsAt)}
      <span className={classes.until}>–{formats.time(endsAt)}</span>
    </span>
  );
}

function RowSigns({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  return (
    <span className={classes.signs}>
      {meeting.kind === 'webinar' && <span className={classes.badge}>{t('meetings.webinar')}</span>}
      {meeting.visibility === 'private' && !meeting.redacted && <RowSign icon="lock" name={t('meetings.private')} />}
      {meeting.series && <RowSign icon="repeat" name={t('detail.series')} />}
      {meeting.pending && <RowSign icon="clock" name={t('meetings.pendingWrite')} />}
      {meeting.refused && !meeting.pending && (
        <RowSign icon="warn" name={t(`written.refusedTitle.${meeting.refused.operation}`)} />
      )}
      {meeting.alsoIn.length > 0 && (
        <span className={classes.also}>
          {t('meetings.alsoIn', { calendars: meeting.alsoIn.map((copy) => copy.calendar.name).join(', ') })}
        </span>
      )}
    </span>
  );
}

function RowSign({ icon, name }: { icon: IconName; name: string }) {
  return (
    <span title={name} role="img" aria-label={name}>
      <Icon name={icon} size={14} />
    </span>
  );
}

function RowSide({ meeting, phase, countdown }: RowProps) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const titleOf = useMeetingTitle();
  const url = joinUrl(meeting);
  return (
    <span className={classes.side}>
      {countdown !== null && <span className={classes.soon}>{countdown}</span>}
      {url ? (
        // The library's button costs more than the rest of the row.
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          className={classes.join}
          data-past={phase === 'past' || undefined}
          aria-label={t('meetings.joinNamed', { title: titleOf(meeting) })}
        >
          {t('meetings.join')}
        </a>
      ) : (
        !meeting.redacted &&
        !meeting.join.recognised && <span className={classes.label}>{t('meetings.notOurs', { brand: me.brand })}</span>
      )}
    </span>
  );
}
