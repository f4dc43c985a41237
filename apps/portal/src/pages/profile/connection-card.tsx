import { Alert, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from '../../i18n/use-translation';
import { Link } from 'react-router';
import type { Connection } from '@daybook/contracts';
import { useReconnect, useSyncNow } from '../../api/connection-queries';
import { useDiagnosis, type DiagnosisOnShow } from '../../api/use-diagnosis';
import { useServiceLabel } from '../../api/people-queries';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { ProblemBox, useProblemWords } from '../../states/problem-box';
import { ReviewsOfConnection, useHasReview } from '../review/held-reviews';
import { AdminApproval, ApprovalOfMore, ApprovedNote } from './admin-approval';
import { ConnectionCalendars } from './connection-calendars';
import { CheckButton, ConnectionCheck } from './connection-check';
import { ConnectionParts } from './connection-parts';
import { DeleteConnection } from './delete-connection';
import { toneOf } from './connection-tone';
import { isApproved } from './is-approved';
import { wantsMore } from './wants-more';
import classes from './profile.module.css';

/** One connection: whether it works, how fresh it is, what it may do, and what can be done about it. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const label = useServiceLabel()(connection.service);
  const diagnosis = useDiagnosis(connection.id);
  const reviewed = useHasReview(connection.id) && connection.problem?.code === 'removal_review';
  return (
    <section className={classes.card} aria-labelledby={`card-${connection.id}`}>
      <Stack gap="md">
        <div className={classes.cardHead}>
          <Title order={3} size="h2" id={`card-${connection.id}`}>
            {label}
          </Title>
          <span className={classes.account}>{connection.account ?? t('connection.unknownAccount')}</span>
          <span className={classes.state} role="status">
            <span
              className={classes.dot}
              data-tone={isApproved(connection) ? 'late' : toneOf(connection.state)}
              aria-hidden="true"
            />
            {isApproved(connection) ? t('approval.approvedState') : t(`connection.states.${connection.state}`)}
          </span>
        </div>
        {!reviewed && <Standing connection={connection} label={label} />}
        {connection.calendar.state !== 'off' && <ReviewsOfConnection connectionId={connection.id} />}
        {connection.progress && <FirstReading progress={connection.progress} />}
        <ConnectionParts connection={connection} label={label} />
        <MissingPermissions connection={connection} label={label} />
        {connection.calendar.state !== 'off' && <ConnectionCalendars connectionId={connection.id} />}
        <CardActions connection={connection} label={label} diagnosis={diagnosis} />
        <ConnectionCheck connectionId={connection.id} diagnosis={diagnosis} />
      </Stack>
    </section>
  );
}

/** What is in the way of the connection, and of what has no other place here. */
function Standing({ connection, label }: { connection: Connection; label: string }) {
  const { me } = usePerson();
  if (!me.policy.enabled) return <StandingProblem problem={connection.problem} />;
  if (connection.state === 'awaiting_admin') return <AdminApproval connection={connection} label={label} />;
  // That stands with the missing permissions.
  if (wantsMore(connection) && connection.problem?.code === 'admin_approval_needed') return null;
  return isApproved(connection) ? <ApprovedNote label={label} /> : <StandingProblem problem={connection.problem} />;
}

function StandingProblem({ problem }: { problem: Connection['problem'] }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const words = useProblemWords(problem?.code ?? '', problem?.detail ?? '');
  if (!problem) return null;
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="warn" />} title={words.title}>
      {words.text}
      {problem.since && (
        <Text c="dimmed">{t('connection.since', { time: formats.moment(Date.parse(problem.since)) })}</Text>
      )}
    </Alert>
  );
}

function FirstReading({ progress }: { progress: NonNullable<Connection['progress']> }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const done = formats.number(progress.done);
  const text =
    progress.total === null
      ? t('connection.progress', { done })
      : t('connection.progressOf', { done, total: formats.number(progress.total) });
  return (
    <div>
      <Text mb={4}>
        {text}. {progress.soonReady && t('meetings.soonReady')}
      </Text>
      <Progress
        size="sm"
        aria-label={text}
        value={progress.total ? Math.min(100, (progress.done / progress.total) * 100) : 100}
        striped={progress.total === null}
        animated={progress.total === null}
      />
    </div>
  );
}

function MissingPermissions({ connection, label }: { connection: Connection; label: string }) {
  const { t, i18n } = useTranslation();
  const reconnect = useReconnect();
  const { missing } = connection.permissions;
  if (missing.length === 0 || connection.state === 'pending') return null;
  const parts = new Intl.ListFormat(i18n.language).format(missing.map((part) => t(`connection.${part}`)));
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="lock" />}>
      <Stack gap="xs" align="flex-start">
        <Text>{t('connection.missing', { parts })}</Text>
        {wantsMore(connection) && <ApprovalOfMore connection={connection} label={label} />}
        <Button
          variant="default"
          size="xs"
          loading={reconnect.isPending}
          onClick={() => reconnect.mutate(connection.id, { onSuccess: leave })}
        >
          {t('connection.askAgain')}
        </Button>
        {reconnect.error && <ProblemBox error={reconnect.error} />}
      </Stack>
    </Alert>
  );
}

function leave({ authorizeUrl }: { authorizeUrl?: string }): void {
  if (authorizeUrl) window.location.assign(authorizeUrl);
}

/** States that the person can end by a visit to the provider. */
const AGAIN: readonly Connection['state'][] = ['awaiting_admin', 'needs_reconnect', 'disabled_by_policy'];

interface ActionsProps {
  readonly connection: Connection;
  readonly label: string;
  readonly diagnosis: DiagnosisOnShow;
}

function CardActions({ connection, label, diagnosis }: ActionsProps) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const [deleting, { open, close }] = useDisclosure(false);
  const reconnect = useReconnect();
  const sync = useSyncNow();
  const account = connection.account ?? label;
  const waiting = connection.state === 'pending';
  // Without an account nothing was ever granted: the person goes on where they were instead of connecting once more.
  const unfinished = waiting || connection.account === null;
  const again = waiting || AGAIN.includes(connection.state);
  const works = connection.state === 'active' || connection.state === 'degraded';
  return (
    <Stack gap="sm">
      {(reconnect.error ?? sync.error) && <ProblemBox error={reconnect.error ?? sync.error} />}
      <Group gap="xs" role="group" aria-label={t('connection.actions', { service: label, account })}>
        {again && me.policy.enabled && (
          <Button loading={reconnect.isPending} onClick={() => reconnect.mutate(connection.id, { onSuccess: leave })}>
            {unfinished ? t('approval.goOn', { service: label }) : t('connection.reconnect')}
          </Button>
        )}
        {works && me.policy.enabled && (
          <Button variant="default" loading={sync.isPending} onClick={() => sync.mutate(connection.id)}>
            {t('connection.syncNow')}
          </Button>
        )}
        {!waiting && me.policy.enabled && <CheckButton connectionId={connection.id} diagnosis={diagnosis} />}
        {!waiting && me.policy.enabled && (
          <Button variant="default" component={Link} to={`/profile/integration/${connection.id}/configure`}>
            {t('connection.configure')}
          </Button>
        )}
        <Button variant="default" c="var(--mantine-color-error)" onClick={open}>
          {t('connection.delete')}
        </Button>
      </Group>
      {deleting && <DeleteConnection connection={connection} label={label} onClose={close} />}
    </Stack>
  );
}
