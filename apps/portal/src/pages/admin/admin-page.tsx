import { Stack, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Empty } from '../../states/empty';
import { usePerson } from '../../shell/person-context';
import { ApiKeysSection } from './api-keys-section';
import { IntegrationSwitch } from './integration-switch';
import classes from '../profile/profile.module.css';

/** For administrators: what works now. */
export function AdminPage() {
  const { t } = useTranslation();
  const { me } = usePerson();
  if (me.user.role !== 'administrator')
    return <Empty order={1} icon="lock" title={t('denied.title')} text={t('denied.text')} />;
  return (
    <Stack gap="xl" className={classes.page}>
      <Title order={1}>{t('admin.title')}</Title>
      <IntegrationSwitch />
      <ApiKeysSection />
    </Stack>
  );
}
