import { Button } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link } from 'react-router';
import { useConnections } from '../../api/connection-queries';
import { usePerson } from '../../shell/person-context';
import { Empty } from '../../states/empty';
import { RowSkeletons } from '../../states/first-load';
import type { MeetingsAddress } from './meeting-filter';

/** An empty list says why: filters, no connection yet, or truly nothing ahead. */
export function NoMeetings({ address }: { address: MeetingsAddress }) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const connections = useConnections();
  if (address.filtered) {
    return (
      <Empty
        icon="search"
        title={t('meetings.noMatchTitle')}
        text={t('meetings.noMatchText')}
        action={
          <Button variant="default" onClick={() => address.change({ q: null, hostedBy: null, calendar: null })}>
            {t('meetings.clearFilters')}
          </Button>
        }
      />
    );
  }
  if (connections.isPending) return <RowSkeletons />;
  const connected = (connections.data?.items ?? []).length > 0;
  if (connected || !me.policy.enabled) {
    return <Empty icon="calendar" title={t('meetings.emptyTitle')} text={t('meetings.emptyText')} />;
  }
  return (
    <Empty
      icon="calendar"
      title={t('meetings.connectTitle')}
      text={t('meetings.connectText', { brand: me.brand })}
      action={
        <Button component={Link} to="/profile/integration/connect">
          {t('profile.connect')}
        </Button>
      }
    />
  );
}
