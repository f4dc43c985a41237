import { Select } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import { useFaultWords } from './fault-words';
import type { DraftForm } from './use-draft';

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const shown = (zone: string) => zone.replaceAll('_', ' ');

/** All zones by name, the person's own first. */
export function ZoneField({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const words = useFaultWords(form);
  const { zone } = form.draft;
  return (
    <Select
      wrapperProps={{ 'data-field': 'zone' }}
      label={t('schedule.zone')}
      value={zone}
      error={words('zone')}
      onChange={(chosen) => chosen && form.set({ zone: chosen })}
      searchable
      allowDeselect={false}
      limit={60}
      nothingFoundMessage={t('profile.noZone')}
      data={zoneNames(formats.zone, zone).map((value) => ({
        value,
        label: value === formats.zone ? t('schedule.yourZone', { zone: shown(value) }) : shown(value),
      }))}
    />
  );
}

/** Those that are likely first, then every zone of this browser. */
function zoneNames(own: string, chosen: string): string[] {
  return [...new Set([own, chosen, deviceZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
