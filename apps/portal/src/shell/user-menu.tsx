import { Menu, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from '../i18n/use-translation';
import { Link, useNavigate } from 'react-router';
import { usePortal } from '../api/portal-context';
import { Icon } from './icon';
import { usePerson } from './person-context';
import classes from './shell.module.css';

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const { session } = usePortal();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.user} aria-label={t('app.account', { name: me.user.name })}>
          <span className={`${classes.userName} ${classes.wide}`}>{me.user.name}</span>
          <span className={classes.narrow}>
            <Icon name="down" size={16} />
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="xs" c="dimmed" px={12} py={4} style={{ overflowWrap: 'anywhere' }}>
          {t('profile.person', { email: me.user.email })}
        </Text>
        <Menu.Item component={Link} to="/profile">
          {t('place.profile')}
        </Menu.Item>
        <Menu.Item onClick={onHelp}>{t('app.help')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void session.signOut().then(() => navigate('/sign-in'))}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
