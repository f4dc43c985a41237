import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import type { Meeting } from '@daybook/contracts';
import { useWithdraw } from '../../api/meeting-writes';
import { useServiceLabel } from '../../api/people-queries';
import { useAnnounce } from '../../shell/announce-context';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';
import { useNow } from '../../time/now';
import { WrittenNote } from './written-note';

/** What became, or becomes, of what the person did to this meeting. Nothing for all others. */
export function WriteNotes({ meeting, onGone }: { meeting: Meeting; onGone: () => void }) {
  const { pending, refused, overridden } = meeting;
  return (
    <>
      <WrittenNote meeting={meeting} />
      {pending && <PendingNote meeting={meeting} pending={pending} onGone={onGone} />}
      {refused && !pending && <RefusedNote meeting={meeting} refused={refused} />}
      {overridden && overridden.length > 0 && <OverriddenNote overridden={overridden} />}
    </>
  );
}

interface PendingProps {
  readonly meeting: Meeting;
  readonly pending: NonNullable<Meeting['pending']>;
  readonly onGone: () => void;
}

function PendingNote({ meeting, pending, onGone }: PendingProps) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const now = useNow();
  const service = useServiceLabel()(pending.waitingFor);
  const { withdraw, withdrawing, error } = useTakingBack(meeting, onGone);
  const time = formats.near(Date.parse(pending.since), now);
  return (
    <Alert
      role="status"
      variant="light"
      color="yellow"
      icon={<Icon name="clock" />}
      title={t('written.pendingTitle', { service, time })}
    >
      <Stack gap="xs" align="flex-start">
        <Text>{t(`written.${pending.operation}`, { service })}</Text>
        <Button size="compact-sm" variant="default" loading={withdrawing} onClick={withdraw}>
          {t('written.withdraw')}
        </Button>
        {error !== null && <ProblemBox error={error} />}
      </Stack>
    </Alert>
  );
}

function useTakingBack({ id }: Meeting, onGone: () => void) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const mutation = useWithdraw();
  // The promise, not a callback of `mutate`: those are dropped when a live hint takes the note away first.
  const withdraw = () =>
    void mutation.mutateAsync(id).then(
      (left) => {
        announce(t(left ? 'written.withdrawn' : 'written.withdrawnNew'));
        if (!left) onGone();
      },
      () => undefined,
    );
  return { withdraw, withdrawing: mutation.isPending, error: mutation.error };
}

function RefusedNote({ meeting, refused }: { meeting: Meeting; refused: NonNullable<Meeting['refused']> }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const now = useNow();
  const labelOf = useServiceLabel();
  const service = meeting.calendar ? labelOf(meeting.calendar.service) : t('written.theService');
  const { operation, code, at } = refused;
  return (
    <Alert
      role="note"
      variant="light"
      color="red"
      icon={<Icon name="warn" />}
      title={t(`written.refusedTitle.${operation}`)}
    >
      <Text>
        {t(`refusal.${code}`, { service })}{' '}
        {t(operation === 'create' ? 'written.refusedCreate' : 'written.refusedText')}
      </Text>
      <Text c="dimmed">{formats.near(Date.parse(at), now)}</Text>
    </Alert>
  );
}

function OverriddenNote({ overridden }: { overridden: NonNullable<Meeting['overridden']> }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  return (
    <Alert role="note" variant="light" color="gray" icon={<Icon name="info" />} title={t('written.overriddenTitle')}>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>
        {overridden.map(({ field, value, at }) => (
          <li key={`${field} ${at}`}>
            {t('written.overridden', {
              field: t(`written.fields.${field}`),
              value,
              time: formats.moment(Date.parse(at)),
            })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
