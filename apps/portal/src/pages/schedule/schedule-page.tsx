import { Button, Group, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { useLocation, useNavigate } from 'react-router';
import { newIdempotencyKey, useScheduleMeeting, useTellWritten } from '../../api/meeting-writes';
import { useAnnounce } from '../../shell/announce-context';
import { usePerson } from '../../shell/person-context';
import { IntegrationOff } from '../../states/integration-off';
import { RowSkeletons } from '../../states/first-load';
import { ProblemBox } from '../../states/problem-box';
import { readNow } from '../../time/now';
import { scheduleBody } from './bodies';
import { likelyCalendar, type ConnectionChoice } from './calendar-choices';
import { CalendarField } from './calendar-field';
import { newDraft, sameDraft } from './draft';
import { FormFrame } from './form-frame';
import { forgetDraft, keptDraft } from './kept-draft';
import { LeaveGuard } from './leave-guard';
import { MeetingFields } from './meeting-fields';
import { toTop } from './to-top';
import { useCalendarChoices } from './use-calendar-choices';
import { useDraft } from './use-draft';
import { useRefusal } from './use-refusal';
import classes from './schedule-form.module.css';

/** *Schedule*: a new meeting, in one of the person's calendars or in none. */
export function SchedulePage() {
  const { t } = useTranslation();
  const { choices, error, retry } = useCalendarChoices();
  return (
    <div className={classes.page}>
      <Title order={1} mb="md">
        {t('schedule.title')}
      </Title>
      <IntegrationOff />
      {error ? (
        <ProblemBox error={error} onRetry={retry} />
      ) : choices ? (
        <NewMeeting choices={choices} />
      ) : (
        <RowSkeletons />
      )}
    </div>
  );
}

function NewMeeting({ choices }: { choices: readonly ConnectionChoice[] }) {
  const { t } = useTranslation();
  const { kept, fresh } = useStart(choices);
  const form = useDraft(() => kept ?? fresh);
  const { submit, schedule } = useSubmit(form);
  const refusal = useRefusal(schedule.error, form);
  const { search } = useLocation();
  const [restored, setRestored] = useState(kept !== null);
  return (
    <FormFrame
      guard={<LeaveGuard form={form} dirty={!sameDraft(fresh, form.draft)} />}
      submit={t('schedule.submit')}
      pending={schedule.isPending}
      back={{ pathname: '/meetings', search }}
      onSubmit={submit}
      problem={refusal !== null && <ProblemBox error={refusal} />}
    >
      {restored && (
        <RestoredNote
          onStartOver={() => {
            form.replace(fresh);
            setRestored(false);
          }}
        />
      )}
      <MeetingFields
        form={form}
        isNew
        repeats
        calendar={<CalendarField form={form} choices={choices} />}
        asksForMail={form.draft.attendees.length > 0}
      />
    </FormFrame>
  );
}

function RestoredNote({ onStartOver }: { onStartOver: () => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" role="status">
      <Text c="dimmed">{t('schedule.restored')}</Text>
      <Button variant="default" size="compact-sm" onClick={onStartOver}>
        {t('schedule.startOver')}
      </Button>
    </Group>
  );
}

/** What the form opens with: a draft that came back from the provider, else a new one. */
function useStart(choices: readonly ConnectionChoice[]) {
  const { me, formats } = usePerson();
  const { search } = useLocation();
  const [start] = useState(() => {
    const day = new URLSearchParams(search).get('date');
    const fresh = newDraft({ now: readNow(), zone: formats.zone, calendarId: likelyCalendar(choices), day });
    return { fresh, kept: keptDraft(me.user.id, fresh) };
  });
  useEffect(() => forgetDraft(me.user.id), [me.user.id]);
  return start;
}

function useSubmit(form: ReturnType<typeof useDraft>) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const tell = useTellWritten();
  const schedule = useScheduleMeeting();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const submit = () => {
    if (!form.check() || schedule.isPending) return;
    schedule.mutate(
      { body: scheduleBody(form.draft), idempotencyKey },
      {
        onSuccess: (meeting) => {
          tell(meeting.id, { kind: 'scheduled' });
          announce(t('written.scheduled'));
          toTop();
          form.release();
          void navigate({ pathname: `/meetings/${encodeURIComponent(meeting.id)}`, search }, { replace: true });
        },
      },
    );
  };
  return { submit, schedule };
}
