import { useTranslation } from '../../i18n/use-translation';
import type { Meeting } from '@daybook/contracts';
import { useServiceLabel } from '../../api/people-queries';
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

/** A calendar by its name and service: names alone are alike from one account to the next. */
export function useCalendarWords(): (calendar: NonNullable<Meeting['calendar']>) => string {
  const { t } = useTranslation();
  const labelOf = useServiceLabel();
  return ({ name, service }) => t('detail.livesIn', { calendar: name, service: labelOf(service) });
}

/** What a link to the meeting's own page is called: by its service, where that is known. */
export function useOpenWords(): (meeting: Pick<Meeting, 'calendar'>) => string {
  const { t } = useTranslation();
  const labelOf = useServiceLabel();
  return ({ calendar }) =>
    calendar ? t('detail.open', { service: labelOf(calendar.service) }) : t('detail.openProvider');
}

/** The address of the Join button, or null where there is none. Only web addresses become links, whatever was synced. */
export function joinUrl(meeting: Pick<Meeting, 'actions' | 'join'>): string | null {
  const { url, recognised } = meeting.join;
  return meeting.actions.join && recognised && url !== null && isWebAddress(url) ? url : null;
}
