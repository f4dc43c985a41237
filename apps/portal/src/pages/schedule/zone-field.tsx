import { Select } from '@mantine/core';
import { memo, useCallback, useMemo } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import { useFaultWords } from './fault-words';
import type { DraftForm } from './use-draft';

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const shown = (zone: string) => zone.replaceAll('_', ' ');

export function ZoneField({ form }: { form: DraftForm }) {
  const words = useFaultWords(form);
  const { set } = form;
  const onZone = useCallback((zone: string) => set({ zone }), [set]);
  return <ZoneSelect zone={form.draft.zone} error={words('zone')} onZone={onZone} />;
}

interface ZoneSelectProps {
  readonly zone: string;
  readonly error: string | null;
  readonly onZone: (zone: string) => void;
}

/** All zones by name, the person's own first. There are hundreds: letters typed elsewhere must not draw them again. */
const ZoneSelect = memo(function ZoneSelect({ zone, error, onZone }: ZoneSelectProps) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const data = useMemo(
    () =>
      zoneNames(formats.zone, zone).map((value) => ({
        value,
        label: value === formats.zone ? t('schedule.yourZone', { zone: shown(value) }) : shown(value),
      })),
    [formats.zone, zone, t],
  );
  return (
    <Select
      wrapperProps={{ 'data-field': 'zone' }}
      label={t('schedule.zone')}
      value={zone}
      error={error}
      onChange={(chosen) => chosen && onZone(chosen)}
      searchable
      allowDeselect={false}
      limit={60}
      nothingFoundMessage={t('profile.noZone')}
      data={data}
    />
  );
});

/** Those that are likely first, then every zone of this browser. */
function zoneNames(own: string, chosen: string): string[] {
  return [...new Set([own, chosen, deviceZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
