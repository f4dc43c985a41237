import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { useNavigate } from 'react-router';
import type { Connection } from '@daybook/contracts';
import { useDeleteConnection } from '../../api/connection-queries';
import { ProblemBox } from '../../states/problem-box';

/** Asks once, then goes to the receipt. */
export function DeleteConnection(props: { connection: Connection; label: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { connection, label, onClose } = props;
  const navigate = useNavigate();
  const remove = useDeleteConnection();
  // The promise, not a callback of `mutate`: those are dropped when the card goes first, as a live hint may make it.
  const confirm = () =>
    remove.mutateAsync(connection.id).then(
      (receipt) => void navigate(`/profile/integration/receipts/${encodeURIComponent(receipt.id)}`),
      () => undefined,
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('connection.deleteTitle', { service: label })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <Text>{t('connection.deleteText', { service: label, account: connection.account ?? label })}</Text>
        <Text>{t('connection.deleteMore')}</Text>
        {remove.error && <ProblemBox error={remove.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button color="red.9" loading={remove.isPending} onClick={() => void confirm()}>
            {t('connection.deleteConfirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
