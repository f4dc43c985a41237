import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useSearchParams } from 'react-router';
import type { Connection } from '@daybook/contracts';
import { useConnections } from '../../api/connection-queries';
import { useServiceLabel } from '../../api/people-queries';
import { Icon } from '../../shell/icon';
import { useProblemWords } from '../../states/problem-box';
import { FlowSteps } from './flow-steps';
import { signsInByForm } from './signs-in-by-form';
import { wantsMore } from './wants-more';

const results = ['connected', 'partial', 'denied', 'awaiting_admin', 'failed'] as const;
type Result = (typeof results)[number];

/** The last step of connecting, read from the address that the provider's side came back to. */
export function ConnectResult() {
  const [search] = useSearchParams();
  const result = results.find((name) => name === search.get('result'));
  return result ? <Shown result={result} /> : null;
}

function Shown({ result }: { result: Result }) {
  const { t, i18n } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const connections = useConnections();
  const labelOf = useServiceLabel();
  const connection = connections.data?.items.find((item) => item.id === search.get('connection'));
  const code = search.get('code') ?? '';
  const reason = useProblemWords(code, '');
  const service = connection ? labelOf(connection.service) : t('result.service');
  const good = result === 'connected';
  const again = result === 'denied' || result === 'failed';
  const words = result === 'awaiting_admin' && connection && wantsMore(connection) ? 'more_awaiting_admin' : result;
  const explain = again && code !== '' && i18n.exists(`problem.${code}.title`);
  return (
    <Stack gap="md">
      <FlowSteps
        active={again || result === 'awaiting_admin' ? 2 : 4}
        byForm={connection !== undefined && signsInByForm(connection)}
      />
      <Alert
        role="status"
        color={good ? 'green' : again ? 'red' : 'yellow'}
        variant="light"
        icon={<Icon name={good ? 'check' : 'warn'} />}
        title={t(`result.${words}.title`, { service })}
      >
        <Stack gap="xs" align="flex-start">
          <Text>{explain ? reason.text : t(`result.${words}.text`, { service })}</Text>
          {connection && !again && <Granted connection={connection} />}
          <Group gap="xs">
            {again && (
              <Button size="xs" component={Link} to="/profile/integration/connect">
                {t('result.tryAgain')}
              </Button>
            )}
            {good && (
              <Button size="xs" variant="default" component={Link} to="/meetings">
                {t('app.toMeetings')}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={() => setSearch({}, { replace: true })}>
              {t('result.dismiss')}
            </Button>
          </Group>
        </Stack>
      </Alert>
    </Stack>
  );
}

function Granted({ connection }: { connection: Connection }) {
  const { t, i18n } = useTranslation();
  const { granted } = connection.permissions;
  const list = (['calendar', 'contacts'] as const)
    .filter((part) => granted[part] !== 'none')
    .map((part) => `${t(`connection.${part}`)} (${t(`permission.granted.${granted[part]}`)})`);
  if (list.length === 0) return null;
  return <Text>{t('result.granted', { list: new Intl.ListFormat(i18n.language).format(list) })}</Text>;
}
