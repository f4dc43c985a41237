import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { useTranslation } from '../../i18n/use-translation';
import type { DraftForm } from './use-draft';

interface GuardProps {
  readonly form: DraftForm;
  /** Something is entered that would be lost. */
  readonly dirty: boolean;
}

/**
 * Asks before what is entered is lost: by a dialog of the page's own on the way to another of its pages, and by the
 * browser's when the tab is closed or reloaded. A form that is `released` lets go without asking.
 */
export function LeaveGuard({ form: { isReleased }, dirty }: GuardProps) {
  // Whose session has ended cannot stay.
  const blocker = useBlocker(({ nextLocation }) => dirty && !isReleased() && nextLocation.pathname !== '/sign-in');
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (!isReleased()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty, isReleased]);
  if (blocker.state !== 'blocked') return null;
  return <Asking onStay={blocker.reset} onLeave={blocker.proceed} />;
}

function Asking({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onStay} title={t('leave.title')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <Stack gap="md">
        <Text>{t('leave.text')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onStay} data-autofocus>
            {t('leave.stay')}
          </Button>
          <Button color="red.9" onClick={onLeave}>
            {t('leave.leave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
