import { Button, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import type { Meeting, Scope } from '@daybook/contracts';
import { hasCode } from '../../api/api-problem';
import { useDeleteMeeting } from '../../api/meeting-writes';
import { useAnnounce } from '../../shell/announce-context';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';
import { describeSpan } from '../../time/formats';
import { MailQuestion } from './mail-question';
import { useCalendarWords, useMeetingTitle } from './meeting-words';
import { ScopeChoice } from './scope-choice';

interface DeleteProps {
  readonly meeting: Meeting;
  readonly onClose: () => void;
  readonly onGone: () => void;
}

/** Asks once: how much of a series, and about mail where somebody could get it. */
export function DeleteMeeting({ meeting, onClose, onGone }: DeleteProps) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const title = useMeetingTitle()(meeting);
  const calendarWords = useCalendarWords();
  const [scope, setScope] = useState<Scope>('this');
  const [notify, setNotify] = useState(false);
  const { remove, removing, error } = useRemoval(meeting, { onClose, onGone });
  const occurrence = meeting.series !== null && meeting.series.id !== meeting.id;
  const meant = occurrence ? scope : null;
  const asksForMail = hasCode(error, 'would_notify');
  return (
    <Asking title={t('remove.title', { title })} onClose={onClose}>
      <div>
        <Text>{describeSpan(meeting, formats)}</Text>
        <Text c="dimmed">
          {meeting.calendar
            ? t('remove.fromCalendar', { calendar: calendarWords(meeting.calendar) })
            : t('remove.hereOnly')}
        </Text>
      </div>
      {occurrence && <ScopeChoice label={t('scope.deleteTitle')} value={scope} onChange={setScope} />}
      {mayMail(meeting) && !asksForMail && (
        <Switch
          label={t('remove.notify')}
          description={t('remove.notifyHint')}
          checked={notify}
          onChange={(event) => setNotify(event.currentTarget.checked)}
        />
      )}
      {asksForMail ? (
        <MailQuestion
          calendar={meeting.calendar}
          people={meeting.attendees.filter(({ isMe }) => !isMe).flatMap(({ name, email }) => name ?? email ?? [])}
          yes={t('remove.andNotify')}
          pending={removing}
          onYes={() => remove(meant, true)}
          onNo={onClose}
        />
      ) : (
        <>
          {error !== null && <ProblemBox error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('app.cancel')}
            </Button>
            <Button color="red.9" loading={removing} onClick={() => remove(meant, notify)}>
              {t('remove.confirm')}
            </Button>
          </Group>
        </>
      )}
    </Asking>
  );
}

function Asking({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      // By hand, because the library lets the key go on to the meeting, which it would close as well.
      closeOnEscape={false}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">{children}</Stack>
    </Modal>
  );
}

/** Only attendees whom the calendar knows can get mail from it. */
const mayMail = ({ attendees, attendeesAtProvider, calendar }: Meeting) =>
  calendar !== null && attendeesAtProvider && attendees.some(({ isMe }) => !isMe);

function useRemoval(meeting: Meeting, { onClose, onGone }: Omit<DeleteProps, 'meeting'>) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const mutation = useDeleteMeeting();
  // The promise, not a callback of `mutate`: those are dropped when a live hint takes the meeting away first.
  const remove = (scope: Scope | null, notify: boolean) =>
    void mutation.mutateAsync({ meeting, scope, notify }).then(
      (left) => {
        onClose();
        if (left) return;
        announce(t('written.deleted'));
        onGone();
      },
      () => undefined,
    );
  return { remove, removing: mutation.isPending, error: mutation.error };
}
