import { ActionIcon, Alert, Button, CopyButton, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import type { Meeting } from '@daybook/contracts';
import { hasCode } from '../../api/api-problem';
import { useMeeting } from '../../api/meeting-queries';
import { usePerson } from '../../shell/person-context';
import { Icon } from '../../shell/icon';
import { ProblemBox } from '../../states/problem-box';
import { DetailFacts } from './detail-facts';
import { MeetingActions } from './meeting-actions';
import { joinUrl, useMeetingTitle } from './meeting-words';
import { WhyJoin, WhyNot } from './why';
import { WriteNotes } from './write-notes';
import classes from './detail.module.css';

/** All about one meeting: a panel beside the list, or a page of its own with a way back. */
export function MeetingDetail({ id, beside, onClose }: { id: string; beside: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const meeting = useMeeting(id);
  // While a dialog is open the key is the dialog's.
  useHotkeys([['Escape', () => document.querySelector('[aria-modal=true]') ?? onClose()]]);
  return (
    <section
      className={beside ? classes.panel : classes.alone}
      data-pane={beside || undefined}
      aria-label={t('detail.title')}
      aria-busy={meeting.isPending}
    >
      {beside ? (
        <ActionIcon
          className={classes.close}
          variant="subtle"
          color="gray"
          c="inherit"
          size={36}
          onClick={onClose}
          aria-label={t('detail.close')}
        >
          <Icon name="close" />
        </ActionIcon>
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          ms={-8}
          mb="xs"
          leftSection={<Icon name="back" size={16} />}
          onClick={onClose}
        >
          {t('place.meetings')}
        </Button>
      )}
      {meeting.data ? (
        <Shown meeting={meeting.data} beside={beside} onGone={onClose} />
      ) : meeting.error ? (
        <Failed error={meeting.error} onRetry={() => void meeting.refetch()} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function Shown({ meeting, beside, onGone }: { meeting: Meeting; beside: boolean; onGone: () => void }) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const title = useMeetingTitle()(meeting);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // On a page of its own the reader starts at its heading; beside the list the focus stays on the row.
    if (!beside) heading.current?.focus({ preventScroll: true });
  }, [beside]);
  return (
    <Stack gap="md">
      <Title order={beside ? 2 : 1} size="h2" ref={heading} tabIndex={-1} className={classes.heading}>
        {title}
      </Title>
      <WriteNotes meeting={meeting} onGone={onGone} />
      <Group gap="sm">
        <JoinLine meeting={meeting} />
        <MeetingActions meeting={meeting} onGone={onGone} />
      </Group>
      {meeting.redacted && (
        <Alert variant="light" color="gray" icon={<Icon name="lock" />} title={t('detail.redactedTitle')}>
          {t('detail.redactedText')}
        </Alert>
      )}
      <DetailFacts meeting={meeting} />
      {!meeting.redacted && <WhyJoin meeting={meeting} brand={me.brand} />}
      <WhyNot meeting={meeting} brand={me.brand} />
    </Stack>
  );
}

function JoinLine({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const title = useMeetingTitle()(meeting);
  const url = joinUrl(meeting);
  if (url) {
    return (
      <Group gap="sm">
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={t('meetings.joinNamed', { title })}
        >
          {t('meetings.join')}
        </Button>
        <CopyLink url={url} />
        {meeting.kind === 'webinar' && <Text c="dimmed">{t('meetings.webinar')}</Text>}
      </Group>
    );
  }
  if (meeting.redacted || meeting.join.recognised) return null;
  return <Text c="dimmed">{t('meetings.notOurs', { brand: me.brand })}</Text>;
}

function CopyLink({ url }: { url: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={url} timeout={2_000}>
      {({ copied, copy }) => (
        <Button variant="default" leftSection={<Icon name={copied ? 'check' : 'link'} size={16} />} onClick={copy}>
          {t(copied ? 'app.copied' : 'detail.copyLink')}
        </Button>
      )}
    </CopyButton>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  if (!hasCode(error, 'not_found')) return <ProblemBox error={error} onRetry={onRetry} />;
  return <Text py="md">{t('detail.gone')}</Text>;
}

function Loading() {
  return (
    <Stack gap="md" aria-hidden="true">
      <Skeleton height={24} width="70%" />
      <Skeleton height={36} width={96} />
      <Skeleton height={16} width="90%" />
      <Skeleton height={16} width="60%" />
      <Skeleton height={16} width="75%" />
    </Stack>
  );
}
