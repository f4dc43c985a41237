import { Alert } from '@mantine/core';
import { useDisclosure, useHotkeys, useOs } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from '../i18n/use-translation';
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { useLiveState } from '../api/portal-context';
import { AppearanceSwitch } from './appearance-switch';
import { Announcer } from './announcer';
import { Icon, type IconName } from './icon';
import { LanguageSwitch } from './language-switch';
import { LiveBadge } from './live-badge';
import { usePerson } from './person-context';
import classes from './shell.module.css';
import { UserMenu } from './user-menu';

const KeyboardHelp = lazy(() => import('./keyboard-help').then((module) => ({ default: module.KeyboardHelp })));
const EverywhereSearch = lazy(() =>
  import('./everywhere-search').then((module) => ({ default: module.EverywhereSearch })),
);

/** Header, places and the page between them; the places become a bottom bar on narrow screens. */
export function PortalShell() {
  const { t } = useTranslation();
  const [help, helpActions] = useDisclosure(false);
  const [search, searchActions] = useDisclosure(false);
  useHotkeys([
    ['?', helpActions.open],
    ['shift+?', helpActions.open],
  ]);
  useHotkeys([['mod+K', searchActions.open]], []);
  useScheduleKey();
  return (
    <Announcer>
      <a className={classes.skip} href="#main">
        {t('app.skip')}
      </a>
      <div className={classes.page}>
        <header className={classes.header}>
          <Link to="/meetings" className={classes.brand}>
            <img src="/icon.svg" alt="" width={24} height={24} />
            {t('app.name')}
          </Link>
          <span className={classes.spacer} />
          <SearchButton onOpen={searchActions.open} />
          <LiveBadge />
          <span className={classes.wide}>
            <LanguageSwitch keep />
          </span>
          <AppearanceSwitch />
          <UserMenu onHelp={helpActions.open} />
        </header>
        <Places />
        <Main />
      </div>
      <Suspense>
        {help && <KeyboardHelp opened onClose={helpActions.close} />}
        {search && <EverywhereSearch onClose={searchActions.close} />}
      </Suspense>
    </Announcer>
  );
}

/** C schedules from everywhere; under Meetings with the day that is looked at. */
function useScheduleKey(): void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  useHotkeys([
    ['C', () => void navigate({ pathname: '/meetings/new', search: pathname.startsWith('/meetings') ? search : '' })],
  ]);
}

function SearchButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const keys = useOs() === 'macos' ? '⌘K' : t('app.searchKeys');
  return (
    <button type="button" className={`mantine-focus-auto ${classes.search}`} onClick={onOpen}>
      <Icon name="search" size={16} />
      <span className={classes.searchText}>{t('app.search')}</span> <kbd className={classes.wide}>{keys}</kbd>
    </button>
  );
}

function Places() {
  const { t } = useTranslation();
  const { me } = usePerson();
  const places: readonly { to: string; icon: IconName; text: string }[] = [
    { to: '/meetings', icon: 'calendar', text: t('place.meetings') },
    { to: '/profile', icon: 'person', text: t('place.profile') },
    ...(me.user.role === 'administrator' ? [{ to: '/admin', icon: 'shield' as const, text: t('place.admin') }] : []),
  ];
  return (
    <nav className={classes.nav} aria-label={t('app.places')}>
      <ul className={classes.places}>
        {places.map((place) => (
          <li key={place.to}>
            <NavLink to={place.to} className={classes.place}>
              <Icon name={place.icon} />
              {place.text}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Main() {
  const main = useRef<HTMLElement>(null);
  const place = useLocation().pathname.split('/')[1];
  const shown = useRef(place);
  useEffect(() => {
    // A new place is read from its start; moving inside one leaves the focus where it is.
    if (shown.current !== place) main.current?.focus({ preventScroll: true });
    shown.current = place;
  }, [place]);
  return (
    <main id="main" ref={main} tabIndex={-1} className={classes.main}>
      <div className={classes.content}>
        <OfflineBanner />
        <Outlet />
      </div>
    </main>
  );
}

function OfflineBanner() {
  const { t } = useTranslation();
  const live = useLiveState();
  if (live !== 'offline') return null;
  return (
    <Alert
      role="status"
      className={classes.banner}
      color="yellow"
      variant="light"
      icon={<Icon name="warn" />}
      title={t('live.offlineTitle')}
    >
      {t('live.offlineText')}
    </Alert>
  );
}
