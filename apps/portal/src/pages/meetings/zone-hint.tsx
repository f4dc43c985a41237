import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { useChangePreferences } from '../../api/people-queries';
import { usePerson } from '../../shell/person-context';
import classes from './meetings.module.css';

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Nobody lives in UTC: who still has that zone, which people start with, is offered the one of their device. */
export function ZoneHint() {
  const { t } = useTranslation();
  const { me } = usePerson();
  const change = useChangePreferences();
  if (me.user.timeZone !== 'UTC' || deviceZone === 'UTC') return null;
  return (
    <Group gap="xs" className={classes.note}>
      <Text c="dimmed">{t('meetings.inUtc')}</Text>
      <Button
        variant="default"
        size="compact-sm"
        loading={change.isPending}
        onClick={() => change.mutate({ timeZone: deviceZone })}
      >
        {t('profile.timeZoneSuggest', { zone: deviceZone.replaceAll('_', ' ') })}
      </Button>
    </Group>
  );
}
