import { Alert, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import type { Meeting } from '@daybook/contracts';
import { useServiceLabel } from '../../api/people-queries';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { useCalendarWords } from '../meetings/meeting-words';
import { sameTime } from './bodies';
import type { ConnectionChoice } from './calendar-choices';
import type { Draft } from './draft';

interface WillHappenProps {
  readonly base: Draft;
  readonly draft: Draft;
  readonly meeting: Meeting;
  readonly choices: readonly ConnectionChoice[];
}

/** Before saving: what a changed time or another calendar does to the event that is there. */
export function WillHappen(props: WillHappenProps) {
  const sentences = [useTimeSentence(props), useCalendarSentence(props)].filter((text) => text !== null);
  if (sentences.length === 0) return null;
  return (
    <Alert role="status" variant="light" color="gray" icon={<Icon name="info" />}>
      {sentences.map((text) => (
        <Text key={text}>{text}</Text>
      ))}
    </Alert>
  );
}

/** Where no calendar holds it there is no event that could stay behind. */
function useTimeSentence({ base, draft, meeting }: WillHappenProps): string | null {
  const { t } = useTranslation();
  const { me } = usePerson();
  const labelOf = useServiceLabel();
  if (sameTime(base, draft) || !meeting.calendar) return null;
  const key = me.policy.reschedule === 'separate' ? 'schedule.willSeparate' : 'schedule.willMove';
  return t(key, { service: labelOf(meeting.calendar.service) });
}

function useCalendarSentence({ base, draft, meeting, choices }: WillHappenProps): string | null {
  const { t } = useTranslation();
  const words = useCalendarWords();
  if (base.calendarId === draft.calendarId) return null;
  const from = meeting.calendar && words(meeting.calendar);
  const target = choices.flatMap(({ calendars }) => calendars).find(({ id }) => id === draft.calendarId);
  const to = target && words(target);
  if (from && to) return t('schedule.willChange', { from, to });
  if (from) return t('schedule.willTakeAway', { calendar: from });
  return to ? t('schedule.willPut', { calendar: to }) : null;
}
