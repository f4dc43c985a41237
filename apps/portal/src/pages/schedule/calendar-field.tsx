import { Button, Select, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { useConfigure } from '../../api/connection-queries';
import { useServiceLabel } from '../../api/people-queries';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';
import type { ConnectionChoice } from './calendar-choices';
import { useFaultWords } from './fault-words';
import { keepDraft } from './kept-draft';
import classes from './schedule-form.module.css';
import type { DraftForm } from './use-draft';

interface CalendarFieldProps {
  readonly form: DraftForm;
  readonly choices: readonly ConnectionChoice[];
}

const NONE = 'none';

/** Which calendar it is written to, or none. Where a connection may only read, that can be changed from here. */
export function CalendarField({ form, choices }: CalendarFieldProps) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const labelOf = useServiceLabel();
  const words = useFaultWords(form);
  const { calendarId } = form.draft;
  const nameOf = ({ connection }: ConnectionChoice) =>
    t('schedule.ofConnection', { service: labelOf(connection.service), account: connection.account ?? '' });
  return (
    <div className={classes.group}>
      <Select
        wrapperProps={{ 'data-field': 'calendar' }}
        label={t('schedule.calendar')}
        description={calendarId === null ? t('schedule.noCalendarText') : undefined}
        value={calendarId ?? NONE}
        error={words('calendar')}
        onChange={(chosen) => form.set({ calendarId: chosen === NONE ? null : chosen })}
        allowDeselect={false}
        data={[
          { value: NONE, label: t('schedule.noCalendar') },
          ...choices.map((choice) => ({
            group: nameOf(choice),
            items: choice.calendars.map(({ id, name }) => ({ value: id, label: name, disabled: !choice.writes })),
          })),
        ]}
      />
      {me.policy.enabled && !me.policy.twoWaySync && choices.length > 0 && (
        <Text c="dimmed">{t('reason.two_way_off')}</Text>
      )}
      {me.policy.enabled &&
        me.policy.twoWaySync &&
        choices
          .filter(({ writes }) => !writes)
          .map((choice) => <OnlyRead key={choice.connection.id} choice={choice} form={form} />)}
    </div>
  );
}

function OnlyRead({ choice, form }: { choice: ConnectionChoice; form: DraftForm }) {
  const { t } = useTranslation();
  const labelOf = useServiceLabel();
  const { me } = usePerson();
  const configure = useConfigure();
  const { connection, locked } = choice;
  const named = { service: labelOf(connection.service), account: connection.account ?? '' };
  if (locked) return <Text c="dimmed">{t('schedule.lockedToRead', named)}</Text>;
  const allow = () =>
    configure.mutate(
      { connection, permissions: { ...connection.permissions.wanted, calendar: 'readWrite' } },
      {
        onSuccess: ({ authorizeUrl }) => {
          if (!authorizeUrl) return;
          keepDraft(me.user.id, form.draft);
          form.release();
          window.location.assign(authorizeUrl);
        },
      },
    );
  return (
    <div>
      <div className={classes.readOnly}>
        <Text>{t('schedule.mayOnlyRead', named)}</Text>
        <Button variant="default" size="compact-sm" loading={configure.isPending} onClick={allow}>
          {t('schedule.allowWriting')}
        </Button>
      </div>
      <Text c="dimmed">{t('schedule.allowing', named)}</Text>
      {configure.error && <ProblemBox error={configure.error} />}
    </div>
  );
}
