import { useTranslation } from '../../i18n/use-translation';
import type { Meeting } from '@daybook/contracts';
import { usePerson } from '../../shell/person-context';
import { isWebAddress } from '../../states/provider-link';

/** The title to show: a private meeting of somebody else says only that time is taken. */
export function useMeetingTitle(): (meeting: Pick<Meeting, 'title' | 'redacted'>) => string {
  const { t } = useTranslation();
  return (meeting) => (meeting.redacted ? t('meetings.busyPrivate') : meeting.title?.trim() || t('meetings.untitled'));
}

/** `Ada (you)`, `Host: Ben`, or that nobody is named. */
export function useHostWords(): (meeting: Pick<Meeting, 'host'>) => string {
  const { t } = useTranslation();
  const { me } = usePerson();
  return ({ host }) => {
    const name = host?.name || (host?.isMe ? me.user.name : host?.email);
    if (!host || !name) return t('meetings.noHost');
    return host.isMe ? t('meetings.you', { name }) : t('meetings.host', { name });
  };
}

/** The address of the Join button, or null where there is none. Only web addresses become links, whatever was synced. */
export function joinUrl(meeting: Pick<Meeting, 'actions' | 'join'>): string | null {
  const { url, recognised } = meeting.join;
  return meeting.actions.join && recognised && url !== null && isWebAddress(url) ? url : null;
}
