import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Connection } from '@daybook/contracts';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import { Icon } from '../../shell/icon';
import { Disclosure } from '../../states/disclosure';
import { dateOf } from '../../time/formats';
import { useBetterMethod } from './better-method';
import { formPath } from './signs-in-by-form';
import { SwitchMethod } from './switch-method';
import classes from './profile.module.css';

interface ServerProps {
  readonly connection: Connection;
}

/** Which server a connection signs in to, and as whom. Nothing where that is the provider's own. */
export function ConnectionServer({ connection }: ServerProps) {
  const { t, i18n } = useTranslation();
  const { me, formats } = usePerson();
  const { server } = connection;
  if (!server) return null;
  const version = `ews.version.${server.version}`;
  const lines = [
    [t('ews.server'), hostOf(server.url)],
    [t('ews.login'), server.username],
    [t('ews.speaks'), i18n.exists(version) ? t(version) : server.version],
    ...(server.certificate ? [[t('ews.certificate.label'), dateOf(server.certificate.expiresAt, formats)]] : []),
  ];
  return (
    <Disclosure label={t('app.details')}>
      <dl className={classes.parts}>
        {lines.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className={classes.long}>{text}</dd>
          </div>
        ))}
      </dl>
      {me.policy.enabled && (
        <div>
          <Anchor component={Link} to={formPath(connection)} underline="always">
            {t('ews.changeSignIn')}
          </Anchor>
        </div>
      )}
    </Disclosure>
  );
}

/** The name of a server in its address; the text itself where it is none. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** What has to be seen for as long as it is so: a way that ends, and a server that is not checked. */
export function ServerWarnings({ connection }: ServerProps) {
  const { t } = useTranslation();
  return (
    <>
      <EndingWay connection={connection} />
      {connection.server?.certificateChecksSkipped && (
        <Alert color="red" variant="light" icon={<Icon name="warn" />} role="note" title={t('ews.skipped.title')}>
          {t('ews.skipped.text')}
        </Alert>
      )}
      <EndingCertificate connection={connection} />
    </>
  );
}

function EndingCertificate({ connection: { server } }: ServerProps) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const { expiresAt, state = 'good' } = server?.certificate ?? {};
  if (!server || expiresAt === undefined || state === 'good') return null;
  const words = { host: hostOf(server.url), date: dateOf(expiresAt, formats) };
  const helps = state === 'expired' ? 'certificate_expired' : 'certificate_ends_soon';
  return (
    <Alert
      color={state === 'expired' ? 'red' : 'yellow'}
      variant="light"
      icon={<Icon name="warn" />}
      role="note"
      title={t(`ews.certificate.${state}`, words)}
    >
      {t(`diagnosis.helps.${helps}`)}
    </Alert>
  );
}

function EndingWay({ connection }: ServerProps) {
  const { t, i18n } = useTranslation();
  const { me } = usePerson();
  const better = useBetterMethod(connection);
  const words = `ews.warning.${connection.service}`;
  if (!better || connection.problem?.code === 'switched_off' || !i18n.exists(`${words}.title`)) return null;
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="warn" />} role="note" title={t(`${words}.title`)}>
      <Stack gap="xs" align="flex-start">
        <Text>
          {t(`${words}.text`)} {t(`${words}.before`)}
        </Text>
        {me.policy.enabled && <SwitchMethod connection={connection} />}
      </Stack>
    </Alert>
  );
}
