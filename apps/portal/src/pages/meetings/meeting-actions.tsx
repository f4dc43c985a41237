import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useRef } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useLocation } from 'react-router';
import type { Meeting } from '@daybook/contracts';

const DeleteMeeting = lazy(() => import('./delete-meeting').then((module) => ({ default: module.DeleteMeeting })));

/** What the meeting allows; what it does not is absent here and explained under *Why can't I…*. */
export function MeetingActions({ meeting, onGone }: { meeting: Meeting; onGone: () => void }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [asking, { open, close }] = useDisclosure(false);
  const opener = useRef<HTMLButtonElement>(null);
  const closeDialog = () => {
    close();
    opener.current?.focus();
  };
  const { actions, id, pending } = meeting;
  // What is being removed is taken back first.
  if (pending?.operation === 'remove' || !(actions.edit || actions.delete)) return null;
  return (
    <Group gap="xs">
      {actions.edit && (
        <Button
          variant="default"
          component={Link}
          to={{ pathname: `/meetings/${encodeURIComponent(id)}/edit`, search }}
        >
          {t('remove.edit')}
        </Button>
      )}
      {actions.delete && (
        <Button variant="default" ref={opener} onClick={open}>
          {t('remove.button')}
        </Button>
      )}
      {asking && (
        <Suspense>
          <DeleteMeeting meeting={meeting} onClose={closeDialog} onGone={onGone} />
        </Suspense>
      )}
    </Group>
  );
}
