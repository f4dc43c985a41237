import { Alert, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Connection } from '@daybook/contracts';
import { useTranslation } from '../../i18n/use-translation';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { useProblemWords } from '../../states/problem-box';
import { AdminApproval, ApprovedNote } from './admin-approval';
import { useBetterMethod } from './better-method';
import { isApproved } from './is-approved';
import { SwitchMethod } from './switch-method';
import { wantsMore } from './wants-more';

interface StandingProps {
  readonly connection: Connection;
  /** Of the service. */
  readonly label: string;
}

/** What is in the way of the connection, and of what has no other place here. */
export function Standing({ connection, label }: StandingProps) {
  const { me } = usePerson();
  if (!me.policy.enabled) return <StandingProblem connection={connection} />;
  if (connection.state === 'awaiting_admin') return <AdminApproval connection={connection} label={label} />;
  // That stands with the missing permissions.
  if (wantsMore(connection) && connection.problem?.code === 'admin_approval_needed') return null;
  if (isApproved(connection)) return <ApprovedNote label={label} />;
  // The warning of that certificate says it better.
  if (connection.problem?.code === 'untrusted_server' && connection.server?.certificate?.state === 'expired')
    return null;
  return <StandingProblem connection={connection} action={<SwitchOfEndedWay connection={connection} />} />;
}

function StandingProblem({ connection, action }: { connection: Connection; action?: ReactNode }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const { problem } = connection;
  const words = useStandingWords(connection);
  if (!problem) return null;
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="warn" />} title={words.title}>
      <Stack gap="xs" align="flex-start">
        <div>
          <Text>{words.text}</Text>
          {problem.since && (
            <Text c="dimmed">{t('connection.since', { time: formats.moment(Date.parse(problem.since)) })}</Text>
          )}
        </div>
        {action}
      </Stack>
    </Alert>
  );
}

function SwitchOfEndedWay({ connection }: { connection: Connection }) {
  return connection.problem?.code === 'switched_off' ? <SwitchMethod primary connection={connection} /> : null;
}

/** As it is said of connections of this method, where that differs; and of its service, where that offers a better one. */
function useStandingWords(connection: Connection): { title: string; text: string } {
  const { t, i18n } = useTranslation();
  const { problem, method, service } = connection;
  const usual = useProblemWords(problem?.code ?? '', problem?.detail ?? '');
  const better = useBetterMethod(connection);
  const own = `${method}.standing.${problem?.code}`;
  if (!i18n.exists(`${own}.title`)) return usual;
  const instead = `${method}.switchedOff.${service}`;
  const switches = problem?.code === 'switched_off' && better !== null && i18n.exists(instead);
  return { title: t(`${own}.title`), text: t(switches ? instead : `${own}.text`) };
}
