import { Alert, Button, Stack, Text } from '@mantine/core';
import type { Calendar } from '@daybook/contracts';
import { useUndoRemovals } from '../../api/review-queries';
import { useTranslation } from '../../i18n/use-translation';
import { useAnnounce } from '../../shell/announce-context';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';
import classes from './review.module.css';

/** What was let through can be put back for a while. Nothing is lost by it, so it is done without asking again. */
export function UndoRemovals({
  calendar,
  undoable,
}: {
  calendar: Calendar;
  undoable: NonNullable<Calendar['undoable']>;
}) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const announce = useAnnounce();
  const undo = useUndoRemovals(calendar.id);
  const { removed, since } = undoable;
  // The promise, not a callback of `mutate`: those are dropped when the note goes first.
  const putBack = () =>
    undo.mutateAsync(since).then(
      (restored) => announce(t('review.undone', { restored: formats.number(restored) })),
      () => undefined,
    );
  const facts = { removed: formats.number(removed), time: formats.moment(Date.parse(since)) };
  return (
    <Alert
      role="group"
      color="gray"
      variant="light"
      icon={<Icon name="info" />}
      className={classes.note}
      title={t('review.undoTitle', { calendar: calendar.name })}
    >
      <Stack gap="sm" align="flex-start">
        <Text>{t('review.undoText', facts)}</Text>
        {undo.error && <ProblemBox error={undo.error} />}
        <Button variant="default" loading={undo.isPending} onClick={() => void putBack()}>
          {t('review.undo')}
        </Button>
      </Stack>
    </Alert>
  );
}
