import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link } from 'react-router';
import type { Meeting } from '@daybook/contracts';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { useOpenWords } from '../meetings/meeting-words';
import { ProviderLink } from '../../states/provider-link';

/** Whoever comes by an address, or after things have changed, is told why there is no form and where it can be done. */
export function CannotEdit({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const openWords = useOpenWords();
  const reason = meeting.actions.reasons.edit ?? 'other';
  return (
    <Stack gap="md" align="flex-start">
      <Alert role="note" variant="light" color="gray" icon={<Icon name="lock" />} title={t('schedule.cannotEdit')}>
        <Text>{t(`reason.${reason}`, { brand: me.brand })}</Text>
        {meeting.editUrl && <ProviderLink url={meeting.editUrl}>{openWords(meeting)}</ProviderLink>}
      </Alert>
      <Button variant="default" component={Link} to={`/meetings/${encodeURIComponent(meeting.id)}`}>
        {t('app.back')}
      </Button>
    </Stack>
  );
}
