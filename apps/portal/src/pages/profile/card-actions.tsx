import { Button, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'react-router';
import type { Connection } from '@daybook/contracts';
import { leaveFor, useReconnect, useSyncNow } from '../../api/connection-queries';
import type { DiagnosisOnShow } from '../../api/use-diagnosis';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';
import { useBetterMethod } from './better-method';
import { CheckButton } from './connection-check';
import { DeleteConnection } from './delete-connection';
import { formPath, signsInByForm } from './signs-in-by-form';

/** States that the person can end by a visit to the provider. */
const AGAIN: readonly Connection['state'][] = ['awaiting_admin', 'needs_reconnect', 'disabled_by_policy'];

interface ActionsProps {
  readonly connection: Connection;
  readonly label: string;
  readonly diagnosis: DiagnosisOnShow;
}

/** What can be done about a connection, as it stands. */
export function CardActions({ connection, label, diagnosis }: ActionsProps) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const [deleting, { open, close }] = useDisclosure(false);
  const reconnect = useReconnect();
  const sync = useSyncNow();
  const account = connection.account ?? label;
  const waiting = connection.state === 'pending';
  // Without an account nothing was ever granted: the person goes on where they were instead of connecting once more.
  const unfinished = waiting || connection.account === null;
  // The way it went has ended, and the other one is offered with the problem.
  const ended = useBetterMethod(connection) !== null && connection.problem?.code === 'switched_off';
  const again = waiting || (AGAIN.includes(connection.state) && !ended);
  const works = connection.state === 'active' || connection.state === 'degraded';
  return (
    <Stack gap="sm">
      {(reconnect.error ?? sync.error) && <ProblemBox error={reconnect.error ?? sync.error} />}
      <Group gap="xs" role="group" aria-label={t('connection.actions', { service: label, account })}>
        {again && me.policy.enabled && (
          <Again
            connection={connection}
            loading={reconnect.isPending}
            onAgain={() => reconnect.mutate({ id: connection.id }, { onSuccess: leaveFor })}
          >
            {unfinished ? t('approval.goOn', { service: label }) : t('connection.reconnect')}
          </Again>
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

interface AgainProps {
  readonly connection: Connection;
  readonly loading: boolean;
  /** Where it is done at the provider. */
  readonly onAgain: () => void;
  readonly children: string;
}

function Again({ connection, loading, onAgain, children }: AgainProps) {
  if (signsInByForm(connection))
    return (
      <Button component={Link} to={formPath(connection)}>
        {children}
      </Button>
    );
  return (
    <Button loading={loading} onClick={onAgain}>
      {children}
    </Button>
  );
}
