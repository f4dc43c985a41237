import { Alert, Button, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link } from 'react-router';
import type { Connection } from '@daybook/contracts';
import { leaveFor, useReconnect } from '../../api/connection-queries';
import { useDiagnosis } from '../../api/use-diagnosis';
import { useServiceLabel } from '../../api/people-queries';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';
import { ReviewsOfConnection, useHasReview } from '../review/held-reviews';
import { CardActions } from './card-actions';
import { ApprovalOfMore } from './admin-approval';
import { ConnectionCalendars } from './connection-calendars';
import { ConnectionCheck } from './connection-check';
import { ConnectionParts } from './connection-parts';
import { ConnectionServer, ServerWarnings } from './connection-server';
import { Standing } from './connection-standing';
import { toneOf } from './connection-tone';
import { isApproved } from './is-approved';
import { formPath, signsInByForm } from './signs-in-by-form';
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
          <span className={classes.account}>
            {connection.account ?? t('connection.unknownAccount')}
            {signsInByForm(connection) && ` · ${t(`flow.method.${connection.method}`)}`}
          </span>
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
        <ServerWarnings connection={connection} />
        {connection.calendar.state !== 'off' && <ReviewsOfConnection connectionId={connection.id} />}
        {connection.progress && <FirstReading progress={connection.progress} />}
        <ConnectionParts connection={connection} label={label} />
        <MissingPermissions connection={connection} label={label} />
        {connection.calendar.state !== 'off' && <ConnectionCalendars connectionId={connection.id} />}
        <ConnectionServer connection={connection} />
        <CardActions connection={connection} label={label} diagnosis={diagnosis} />
        <ConnectionCheck connectionId={connection.id} method={connection.method} diagnosis={diagnosis} />
      </Stack>
    </section>
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
        {signsInByForm(connection) ? (
          <Button variant="default" size="xs" component={Link} to={formPath(connection)}>
            {t('connection.askAgain')}
          </Button>
        ) : (
          <Button
            variant="default"
            size="xs"
            loading={reconnect.isPending}
            onClick={() => reconnect.mutate({ id: connection.id }, { onSuccess: leaveFor })}
          >
            {t('connection.askAgain')}
          </Button>
        )}
        {reconnect.error && <ProblemBox error={reconnect.error} />}
      </Stack>
    </Alert>
  );
}
