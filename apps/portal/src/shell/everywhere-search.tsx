import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from '../i18n/use-translation';
import { useNavigate } from 'react-router';
import { useMeetingSearch } from '../api/meeting-queries';
import { dayOf, daysOf, startOfDay } from '../time/zoned-time';
import { useNow } from '../time/now';
import { useMeetingTitle } from '../pages/meetings/meeting-words';
import { Icon } from './icon';
import { usePerson } from './person-context';

const [store, actions] = createSpotlight();

/** ⌘K: places at once, meetings ahead while typing. */
export function EverywhereSearch({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { me, formats } = usePerson();
  const now = useNow();
  const navigate = useNavigate();
  const titleOf = useMeetingTitle();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 200);
  const from = new Date(startOfDay(dayOf(now, formats.zone), formats.zone)).toISOString();
  const found = useMeetingSearch(asked, from);
  useEffect(() => actions.open(), []);
  const go = (to: string) => {
    actions.close();
    void navigate(to);
  };
  const places = [
    { to: '/meetings', label: t('place.meetings') },
    { to: '/meetings?view=week', label: `${t('place.meetings')}: ${t('meetings.week')}` },
    { to: '/meetings?view=month', label: `${t('place.meetings')}: ${t('meetings.month')}` },
    { to: '/profile/integration', label: t('profile.integration') },
    { to: '/profile/preferences', label: t('profile.preferences') },
    ...(me.user.role === 'administrator' ? [{ to: '/admin', label: t('place.admin') }] : []),
  ].filter((place) => place.label.toLowerCase().includes(query.trim().toLowerCase()));
  const meetings = asked.length >= 2 ? (found.data?.items ?? []) : [];
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      store={store}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      overlayProps={{ blur: 0 }}
      attributes={{ content: { 'aria-label': t('app.search') } }}
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList aria-label={t('search.placeholder')}>
        {meetings.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.meetings')}>
            {meetings.map((meeting) => (
              <Spotlight.Action
                key={meeting.id}
                label={titleOf(meeting)}
                description={formats.shortDay(daysOf(meeting, formats.zone).first)}
                onClick={() => go(`/meetings/${meeting.id}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {places.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.places')}>
            {places.map((place) => (
              <Spotlight.Action key={place.to} label={place.label} onClick={() => go(place.to)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {meetings.length + places.length === 0 && <Spotlight.Empty>{t('search.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
