import { Anchor, Spoiler, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useLocation } from 'react-router';
import type { Meeting } from '@daybook/contracts';
import { useServiceLabel } from '../../api/people-queries';
import { usePerson } from '../../shell/person-context';
import { CopyText } from '../../states/copy-text';
import { ProviderLink } from '../../states/provider-link';
import { describeSpan, describeTime, otherZoneSpan } from '../../time/formats';
import { Attendees } from './attendees';
import { useOpenWords } from './meeting-words';
import { ownText } from './own-text';
import { useRepeatWords } from './repeat-words';
import classes from './detail.module.css';

/** When, how to get in, who, where, and which calendar holds it. What is not known is not shown. */
export function DetailFacts({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { me, formats } = usePerson();
  const other = otherZoneSpan(meeting, formats);
  const { join, host } = meeting;
  return (
    <dl className={classes.facts}>
      <Fact term={t('detail.when')}>
        {describeSpan(meeting, formats)}
        {other && (
          <>
            {' '}
            <span className={classes.dim}>({t('detail.yourTime')})</span>
            <br />
            {other.text} <span className={classes.dim}>({other.zone.replaceAll('_', ' ')})</span>
          </>
        )}
      </Fact>
      {join.recognised && join.number && (
        <Fact term={t(meeting.kind === 'webinar' ? 'detail.webinarNumber' : 'detail.number')}>
          <CopyText text={join.number} shown={groupDigits(join.number)} label={t('detail.copyNumber')} />
        </Fact>
      )}
      {join.recognised && join.passcode && (
        <Fact term={t('detail.passcode')}>
          <CopyText text={join.passcode} label={t('detail.copyPasscode')} />
        </Fact>
      )}
      {host && !meeting.redacted && (
        <Fact term={t('detail.host')}>
          {host.name || (host.isMe && me.user.name) || host.email || t('meetings.noHost')}
          {host.isMe && <span className={classes.dim}> ({t('detail.you')})</span>}
          {(host.name || host.isMe) && host.email && <div className={classes.dim}>{host.email}</div>}
        </Fact>
      )}
      {meeting.location && (
        <Fact term={t('detail.location')}>
          <LinkedText text={meeting.location} />
        </Fact>
      )}
      <SeriesFact meeting={meeting} />
      {meeting.response !== 'none' && meeting.response !== 'organizer' && (
        <Fact term={t('detail.yourAnswer')}>{t(`response.${meeting.response}`)}</Fact>
      )}
      {meeting.attendees.length > 0 && (
        <Fact term={t('detail.attendeesCount', { count: meeting.attendees.length })}>
          <Attendees attendees={meeting.attendees} />
          {!meeting.attendeesAtProvider && <div className={classes.dim}>{t('written.attendeesHere')}</div>}
        </Fact>
      )}
      <DescriptionFact meeting={meeting} />
      <HomeFact meeting={meeting} />
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function DescriptionFact({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const text = ownText(meeting);
  if (text === '') return null;
  return (
    <Fact term={t('detail.description')}>
      <Spoiler
        maxHeight={120}
        showLabel={t('detail.showDescription')}
        hideLabel={t('app.close')}
        transitionDuration={100}
        attributes={{ content: { 'aria-label': t('detail.description') } }}
      >
        <Text className={classes.description}>
          <LinkedText text={plainText(text)} />
        </Text>
      </Spoiler>
    </Fact>
  );
}

const zoneOf = ({ start }: Meeting) => ('date' in start ? undefined : start.timeZone);

function SeriesFact({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const repeat = useRepeatWords();
  if (!meeting.series) return null;
  const moved = meeting.originalStart && JSON.stringify(meeting.originalStart) !== JSON.stringify(meeting.start);
  return (
    <Fact term={t('detail.series')}>
      {repeat(meeting.series.rule, zoneOf(meeting))}
      {moved && meeting.originalStart && (
        <div className={classes.dim}>
          {t('detail.originalStart', { time: describeTime(meeting.originalStart, formats) })}
        </div>
      )}
    </Fact>
  );
}

function HomeFact({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const labelOf = useServiceLabel();
  const openWords = useOpenWords();
  const { calendar, editUrl } = meeting;
  // Of a private meeting of somebody else nobody is told where it is.
  if (!calendar && meeting.redacted) return null;
  const service = calendar ? labelOf(calendar.service) : '';
  return (
    <Fact term={t('detail.lives')}>
      {calendar ? t('detail.livesIn', { calendar: calendar.name, service }) : t('detail.livesNowhere')}
      {meeting.alsoIn.map((copy) => (
        <div key={copy.id}>
          {t('detail.alsoIn')}{' '}
          <Anchor
            component={Link}
            to={{ pathname: `/meetings/${encodeURIComponent(copy.id)}`, search }}
            underline="always"
          >
            {t('detail.livesIn', { calendar: copy.calendar.name, service: labelOf(copy.calendar.service) })}
          </Anchor>
        </div>
      ))}
      {editUrl && (
        <div>
          <ProviderLink url={editUrl}>{openWords(meeting)}</ProviderLink>
        </div>
      )}
    </Fact>
  );
}

/** Web addresses in a synced text become links that give nothing away; all else stays text. */
function LinkedText({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s<>"']+)/).map((part, index) =>
    index % 2 === 1 ? (
      <Anchor
        key={index}
        href={part}
        target="_blank"
        rel="noopener noreferrer nofollow"
        underline="always"
        className={classes.wrap}
      >
        {part}
      </Anchor>
    ) : (
      part
    ),
  );
}

/** Descriptions may be HTML; only their text is shown. The inert document runs and loads nothing. */
function plainText(description: string): string {
  if (!/<[a-z!/][^>]*>/i.test(description)) return description;
  const lines = description.replace(/<(br|\/p|\/div|\/li|\/tr)\s*\/?>/gi, '$&\n');
  return new DOMParser()
    .parseFromString(lines, 'text/html')
    .body.textContent.replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** `85012345678` as people read it: `850 1234 5678`. */
function groupDigits(number: string): string {
  if (!/^\d{9,11}$/.test(number)) return number;
  return `${number.slice(0, 3)} ${number.slice(3, -4)} ${number.slice(-4)}`;
}
