import { Container, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from '../i18n/use-translation';
import { Navigate, useLocation } from 'react-router';
import type { Me } from '@daybook/contracts';
import { useMe } from '../api/people-queries';
import { usePortal, useSessionStatus } from '../api/portal-context';
import { isLanguage, showIn } from '../i18n/i18n';
import { FirstLoad } from '../states/first-load';
import { ProblemBox } from '../states/problem-box';
import { createFormats } from '../time/formats';
import { isZone } from '../time/zoned-time';
import { PersonContext } from './person-context';
import { PortalShell } from './portal-shell';

/** Where people come to after signing in anyway. */
const HOME = ['/', '/meetings'];

/** The door of all pages for signed-in people: takes up the session of the cookie, or asks to sign in and comes back. */
export function SignedIn() {
  const { session } = usePortal();
  const status = useSessionStatus();
  const location = useLocation();
  const opening = useQuery({
    queryKey: ['session'],
    queryFn: async () => (await session.accessToken()) !== null,
    enabled: status === 'unknown',
    gcTime: 0,
  });
  if (status === 'signed-out') {
    const to = `${location.pathname}${location.search}`;
    return <Navigate to={HOME.includes(to) ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`} replace />;
  }
  if (opening.error) return <Broken error={opening.error} onRetry={() => void opening.refetch()} />;
  return status === 'signed-in' ? <WithPerson /> : <FirstLoad />;
}

function WithPerson() {
  const me = useMe();
  if (me.data) return <Portal me={me.data} />;
  return me.error ? <Broken error={me.error} onRetry={() => void me.refetch()} /> : <FirstLoad />;
}

function Portal({ me }: { me: Me }) {
  const { i18n } = useTranslation();
  const { language, timeZone } = me.user;
  const person = useMemo(
    () => ({ me, formats: createFormats(i18n.language, isZone(timeZone) ? timeZone : 'UTC') }),
    [me, i18n.language, timeZone],
  );
  // What this browser spoke last may be another language: nothing is shown in it first and changed a moment later.
  const [spoken, setSpoken] = useState(() => !isLanguage(language) || i18n.language === language);
  useEffect(() => {
    if (isLanguage(language)) void showIn(i18n, language).then(() => setSpoken(true));
  }, [i18n, language]);
  if (!spoken) return <FirstLoad />;
  return (
    <PersonContext.Provider value={person}>
      <PortalShell />
    </PersonContext.Provider>
  );
}

function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Container size="sm" py="xl" component="main">
      <VisuallyHidden component="h1">Daybook</VisuallyHidden>
      <ProblemBox error={error} onRetry={onRetry} />
    </Container>
  );
}
