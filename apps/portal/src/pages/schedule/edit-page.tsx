import { Text, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { useParams, useSearchParams } from 'react-router';
import type { Meeting, Scope } from '@daybook/contracts';
import { hasCode } from '../../api/api-problem';
import { useMeeting } from '../../api/meeting-queries';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';
import { RowSkeletons } from '../../states/first-load';
import { describeSpan, describeTime } from '../../time/formats';
import { useMeetingTitle } from '../meetings/meeting-words';
import { isScope } from '../meetings/scope-choice';
import { CannotEdit } from './cannot-edit';
import { EditForm } from './edit-form';
import { ScopeStep } from './scope-step';
import { useCalendarChoices } from './use-calendar-choices';
import classes from './schedule-form.module.css';

/** *Edit*: of a series first how much of it, which stands in the address, then the form. */
export function EditPage() {
  const { t } = useTranslation();
  const { meetingId = '' } = useParams();
  const [search] = useSearchParams();
  const asked = search.get('scope');
  const scope = isScope(asked) ? asked : null;
  const meeting = useMeeting(meetingId);
  const title = useMeetingTitle();
  return (
    <div className={classes.page}>
      <div className={classes.heading}>
        <Title order={1}>
          {meeting.data ? t('schedule.editing', { title: title(meeting.data) }) : t('schedule.editTitle')}
        </Title>
        {meeting.data?.series && scope && <Meant meeting={meeting.data} scope={scope} />}
      </div>
      {meeting.data ? (
        <Editing meeting={meeting.data} scope={scope} />
      ) : meeting.error ? (
        <Failed error={meeting.error} onRetry={() => void meeting.refetch()} />
      ) : (
        <RowSkeletons />
      )}
    </div>
  );
}

/** How much of a series was chosen, while it is edited. */
function Meant({ meeting, scope }: { meeting: Meeting; scope: Scope }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const { start } = meeting;
  const words = {
    this: () => t('schedule.editsThis', { when: describeSpan(meeting, formats) }),
    following: () => t('schedule.editsFollowing', { day: describeTime(start, formats) }),
    all: () => t('schedule.editsAll'),
  };
  return <Text c="dimmed">{words[scope]()}</Text>;
}

function Editing({ meeting, scope }: { meeting: Meeting; scope: Scope | null }) {
  const { series, id } = meeting;
  if (!meeting.actions.edit) return <CannotEdit meeting={meeting} />;
  const occurrence = series !== null && series.id !== id;
  if (!occurrence) return <WithCalendars meeting={meeting} scope={null} shownAt={id} />;
  if (scope === null) return <ScopeStep meeting={meeting} />;
  if (scope === 'all') return <WholeSeries id={series.id} shownAt={id} />;
  return <WithCalendars key={scope} meeting={meeting} scope={scope} shownAt={id} />;
}

/** A whole series is edited at its head: its first day and its own version. */
function WholeSeries({ id, shownAt }: { id: string; shownAt: string }) {
  const head = useMeeting(id);
  if (head.data) return <WithCalendars meeting={head.data} scope="all" shownAt={shownAt} />;
  return head.error ? <Failed error={head.error} onRetry={() => void head.refetch()} /> : <RowSkeletons />;
}

function WithCalendars(props: { meeting: Meeting; scope: Scope | null; shownAt: string }) {
  const { choices, error, retry } = useCalendarChoices();
  if (error) return <ProblemBox error={error} onRetry={retry} />;
  return choices ? <EditForm {...props} choices={choices} /> : <RowSkeletons />;
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  if (!hasCode(error, 'not_found')) return <ProblemBox error={error} onRetry={onRetry} />;
  return <Text>{t('detail.gone')}</Text>;
}
