import { Input, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import type { Meeting, Scope } from '@daybook/contracts';
import { hasCode } from '../../api/api-problem';
import { ProblemBox } from '../../states/problem-box';
import { MailQuestion } from '../meetings/mail-question';
import { useCalendarWords } from '../meetings/meeting-words';
import type { ConnectionChoice } from './calendar-choices';
import { CalendarField } from './calendar-field';
import { ConflictNote } from './conflict-note';
import { sameDraft } from './draft';
import { FormFrame } from './form-frame';
import { LeaveGuard } from './leave-guard';
import { MeetingFields } from './meeting-fields';
import { useEdit } from './use-edit';
import { useRefusal } from './use-refusal';
import { WillHappen } from './will-happen';

interface EditFormProps {
  readonly meeting: Meeting;
  readonly scope: Scope | null;
  readonly shownAt: string;
  readonly choices: readonly ConnectionChoice[];
}

/** The form filled with a meeting, and above its buttons what saving will do. */
export function EditForm({ choices, ...editing }: EditFormProps) {
  const { t } = useTranslation();
  const { scope, shownAt } = editing;
  const edit = useEdit(editing);
  const { base, form, present, change } = edit;
  // A meeting of ours can change its calendar, but only as a whole.
  const moves = base.meeting.origin === 'client' && (scope === null || scope === 'all');
  const asksForMail = hasCode(change.error, 'would_notify');
  const others = form.draft.attendees.length > 0 || base.draft.attendees.length > 0;
  return (
    <FormFrame
      guard={<LeaveGuard form={form} dirty={!sameDraft(base.draft, form.draft)} />}
      submit={present || asksForMail ? null : t('schedule.save')}
      pending={change.isPending}
      back={`/meetings/${encodeURIComponent(shownAt)}`}
      onSubmit={edit.save}
      problem={
        <>
          <WillHappen base={base.draft} draft={form.draft} meeting={base.meeting} choices={choices} />
          <Refused edit={edit} />
        </>
      }
    >
      <MeetingFields
        form={form}
        isNew={false}
        repeats={scope !== 'this'}
        calendar={
          moves ? <CalendarField form={form} choices={choices} /> : <StaysIn calendar={base.meeting.calendar} />
        }
        asksForMail={others}
      />
    </FormFrame>
  );
}

/** What stands in the way of saving: somebody who was faster, or the server's own reason. */
function Refused({ edit }: { edit: ReturnType<typeof useEdit> }) {
  const { t } = useTranslation();
  const { base, form, present, change } = edit;
  const refusal = useRefusal(change.error, form);
  if (present) {
    const drafts = { base: base.draft, mine: form.draft, present: present.draft };
    return <ConflictNote {...drafts} onGoOn={edit.goOn} onDiscard={edit.discard} />;
  }
  if (refusal === null) return null;
  if (!hasCode(refusal, 'would_notify')) return <ProblemBox error={refusal} />;
  const { attendees } = form.draft;
  const told = [
    ...base.draft.attendees.filter((one) => !attendees.some(({ email }) => email === one.email)),
    ...attendees,
  ];
  return (
    <MailQuestion
      calendar={base.meeting.calendar}
      people={told.map(({ name, email }) => name ?? email)}
      yes={t('schedule.saveAndNotify')}
      pending={change.isPending}
      onYes={edit.saveAndNotify}
      onNo={() => change.reset()}
    />
  );
}

function StaysIn({ calendar }: Pick<Meeting, 'calendar'>) {
  const { t } = useTranslation();
  const words = useCalendarWords();
  return (
    <Input.Wrapper label={t('schedule.calendar')} labelElement="div">
      <Text c="dimmed">{calendar ? t('schedule.stays', { calendar: words(calendar) }) : t('detail.livesNowhere')}</Text>
    </Input.Wrapper>
  );
}
