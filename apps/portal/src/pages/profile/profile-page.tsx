import { Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { NavLink, Outlet } from 'react-router';
import classes from './profile.module.css';

export function ProfilePage() {
  const { t } = useTranslation();
  return (
    <div className={classes.page}>
      <Title order={1}>{t('profile.title')}</Title>
      <nav aria-label={t('profile.sections')} className={classes.sections}>
        <NavLink to="/profile/integration" className={classes.section}>
          {t('profile.integration')}
        </NavLink>
        <NavLink to="/profile/preferences" className={classes.section}>
          {t('profile.preferences')}
        </NavLink>
      </nav>
      <Outlet />
    </div>
  );
}
