import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useLocation } from 'react-router';
import type { Meeting } from '@daybook/contracts';
import { useWritten, type Written } from '../../api/meeting-writes';
import { useServiceLabel } from '../../api/people-queries';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { ProviderLink } from '../../states/provider-link';
import { describeSpan } from '../../time/formats';

type Changed = Extract<Written, { kind: 'changed' }>;

/** After scheduling or saving: that it is done, where to see it at the provider, and what a changed time has made. */
export function WrittenNote({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { written, dismiss } = useWritten(meeting.id);
  // What still waits has a note of its own.
  if (!written || (meeting.pending && !(written.kind === 'changed' && written.separateEvent))) return null;
  const separate = written.kind === 'changed' && written.separateEvent !== undefined;
  const title = separate ? 'written.separateTitle' : written.kind === 'changed' ? 'written.saved' : 'written.scheduled';
  return (
    <Alert
      role="status"
      variant="light"
      color="green"
      icon={<Icon name="check" />}
      title={t(title)}
      withCloseButton
      closeButtonLabel={t('written.dismiss')}
      onClose={dismiss}
    >
      <Stack gap={4} align="flex-start">
        {separate && <OldEvent changed={written} waits={meeting.pending !== null} />}
        <Confirm url={written.kind === 'changed' ? written.editUrl : meeting.editUrl} meeting={meeting} />
      </Stack>
    </Alert>
  );
}

function OldEvent({ changed, waits }: { changed: Changed; waits: boolean }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const { search } = useLocation();
  const { meeting } = changed;
  return (
    <>
      <Text>{t(waits ? 'written.separateWaiting' : 'written.separateText')}</Text>
      <Anchor
        component={Link}
        to={{ pathname: `/meetings/${encodeURIComponent(meeting.id)}`, search }}
        underline="always"
      >
        {t('written.toOld', { when: describeSpan(meeting, formats) })}
      </Anchor>
    </>
  );
}

function Confirm({ url, meeting }: { url: string | null; meeting: Meeting }) {
  const { t } = useTranslation();
  const labelOf = useServiceLabel();
  if (!url) return null;
  const { calendar } = meeting;
  return (
    <ProviderLink url={url}>
      {calendar ? t('written.confirm', { service: labelOf(calendar.service) }) : t('written.confirmPlain')}
    </ProviderLink>
  );
}
