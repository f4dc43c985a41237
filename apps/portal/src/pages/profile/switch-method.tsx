import { Button } from '@mantine/core';
import type { Connection } from '@daybook/contracts';
import { leaveFor, useReconnect } from '../../api/connection-queries';
import { useTranslation } from '../../i18n/use-translation';
import { ProblemBox } from '../../states/problem-box';
import { useBetterMethod } from './better-method';

/** The change to the way that the service recommends, in one click: it goes on there, and everything in the connection stays. */
export function SwitchMethod({ connection, primary = false }: { connection: Connection; primary?: boolean }) {
  const { t, i18n } = useTranslation();
  const better = useBetterMethod(connection);
  const reconnect = useReconnect();
  if (!better) return null;
  const own = `ews.instead.${connection.service}`;
  return (
    <>
      <Button
        size={primary ? 'sm' : 'xs'}
        variant={primary ? 'filled' : 'default'}
        loading={reconnect.isPending || reconnect.isSuccess}
        onClick={() => reconnect.mutate({ id: connection.id, method: better }, { onSuccess: leaveFor })}
      >
        {t(i18n.exists(own) ? own : 'connection.reconnect')}
      </Button>
      {reconnect.error && <ProblemBox error={reconnect.error} />}
    </>
  );
}
