import { Alert, Anchor, Text } from '@mantine/core';
import { useTranslation } from '../i18n/use-translation';
import { Link } from 'react-router';
import { Icon } from '../shell/icon';
import { usePerson } from '../shell/person-context';

/** Says that the integration is switched off for the account and who can change it; nothing while it is on. */
export function IntegrationOff() {
  const { t } = useTranslation();
  const { me } = usePerson();
  if (me.policy.enabled) return null;
  const administrator = me.user.role === 'administrator';
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="lock" />} title={t('denied.offTitle')}>
      <Text>{t(administrator ? 'denied.offAdminText' : 'denied.offText')}</Text>
      {administrator && (
        <Anchor component={Link} to="/admin" mt={8} display="inline-block" underline="always">
          {t('denied.toAdmin')}
        </Anchor>
      )}
    </Alert>
  );
}
