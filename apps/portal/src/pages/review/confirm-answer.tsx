import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Calendar } from '@daybook/contracts';
import { useAnswerReview, type ReviewAnswer } from '../../api/review-queries';
import { useTranslation } from '../../i18n/use-translation';
import { useAnnounce } from '../../shell/announce-context';
import { ProblemBox } from '../../states/problem-box';

interface ConfirmProps {
  readonly calendar: Calendar;
  readonly asked: ReviewAnswer;
  readonly removing: string;
  readonly onClose: () => void;
}

/** Asks once more, and says what will be and what will not. */
export function ConfirmAnswer({ calendar, asked, removing, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const answer = useAnswerReview(calendar.id);
  const apply = asked.action === 'apply';
  const name = { calendar: calendar.name };
  // The promise, not a callback of `mutate`: those are dropped when the note goes first, as a live hint may make it.
  const confirm = () =>
    answer.mutateAsync(asked).then(
      () => {
        announce(apply ? t('review.applied') : t('review.kept'));
        onClose();
      },
      () => undefined,
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={apply ? t('review.applyTitle', name) : t('review.keepTitle', name)}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <Text>{apply ? t('review.applyText', { removing }) : t('review.keepText')}</Text>
        {answer.error && <ProblemBox error={answer.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button {...(apply ? { color: 'red.9' } : {})} loading={answer.isPending} onClick={() => void confirm()}>
            {apply ? t('review.applyConfirm') : t('review.keepConfirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
