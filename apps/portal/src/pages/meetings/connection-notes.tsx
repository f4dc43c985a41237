import { Alert, Anchor, Progress, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link } from 'react-router';
import type { Connection } from '@daybook/contracts';
import { useConnections } from '../../api/connection-queries';
import { useServiceLabel } from '../../api/people-queries';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { isApproved } from '../profile/is-approved';
import { HeldReviews } from '../review/held-reviews';
import { isDelayed, useFreshnessSentence } from '../../states/freshness-note';
import classes from './meetings.module.css';

/** Above the meetings: what a person must know of their connections to trust the list. Nothing when all is well. */
export function ConnectionNotes() {
  const connections = useConnections();
  const { me } = usePerson();
  if (!me.policy.enabled) return null;
  return (
    <div aria-live="polite">
      {(connections.data?.items ?? []).map((connection) => (
        <ConnectionNote key={connection.id} connection={connection} />
      ))}
      <HeldReviews />
    </div>
  );
}

function ConnectionNote({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const labelOf = useServiceLabel();
  const sentence = useFreshnessSentence();
  const label = labelOf(connection.service);
  if (connection.progress && connection.state === 'syncing') return <FirstSyncNote progress={connection.progress} />;
  if (connection.state === 'awaiting_admin')
    return <AtProfile color="yellow">{t('meetings.awaitingAdmin', { service: label })}</AtProfile>;
  if (isApproved(connection)) return <AtProfile color="green">{t('meetings.approved', { service: label })}</AtProfile>;
  if (connection.state === 'needs_reconnect')
    return <AtProfile color="red">{t('meetings.reconnectNeeded', { service: label })}</AtProfile>;
  const source = connection.calendar.freshness.sources[0];
  if (!isDelayed(connection.calendar) || !source) return null;
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="clock" />} className={classes.note} title={t('live.stale')}>
      {sentence(source, label)}
    </Alert>
  );
}

/** Something that is to be done at the connection's card. */
function AtProfile({ color, children }: { color: string; children: string }) {
  const { t } = useTranslation();
  return (
    <Alert color={color} variant="light" icon={<Icon name="warn" />} className={classes.note}>
      <Text>{children}</Text>
      <Anchor component={Link} to="/profile/integration" underline="always">
        {t('meetings.toIntegration')}
      </Anchor>
    </Alert>
  );
}

function FirstSyncNote({ progress }: { progress: NonNullable<Connection['progress']> }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const done = formats.number(progress.done);
  const text =
    progress.total === null
      ? t('meetings.syncing', { done })
      : t('meetings.syncingOf', { done, total: formats.number(progress.total) });
  return (
    <div className={classes.note}>
      <Text mb={4}>
        {text} {progress.soonReady && t('meetings.soonReady')}
      </Text>
      <Progress
        aria-label={text}
        value={progress.total ? Math.min(100, (progress.done / progress.total) * 100) : 100}
        animated={progress.total === null}
        striped={progress.total === null}
        size="sm"
      />
    </div>
  );
}
