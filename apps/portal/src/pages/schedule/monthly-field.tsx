import { Select, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import { placeInMonth, type MonthlyBy, type Repeat } from './repeat';
import type { DraftForm } from './use-draft';

const nths = ['first', 'second', 'third', 'fourth'] as const;
/** From this day on there are months without it. */
const NOT_IN_EVERY_MONTH = 29;

/** On which day of a month: the same number, or the same weekday counted from the start or the end. */
export function MonthlyField({ form, onChange }: { form: DraftForm; onChange: (change: Partial<Repeat>) => void }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const { date, repeat } = form.draft;
  const day = Number(date.slice(8, 10));
  const { nth, last } = placeInMonth(date);
  const weekday = new Intl.DateTimeFormat(formats.language, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );
  const counted = nths[nth - 1];
  const data: { value: MonthlyBy; label: string }[] = [{ value: 'day', label: t('repeat.byDay', { day }) }];
  if (counted) data.push({ value: 'nth', label: t('repeat.byNth', { nth: t(`repeat.nth.${counted}`), weekday }) });
  if (last) data.push({ value: 'last', label: t('repeat.byNth', { nth: t('repeat.nth.last'), weekday }) });
  return (
    <div>
      <Select
        label={t('repeat.by')}
        value={repeat.monthly}
        onChange={(monthly) => monthly && onChange({ monthly })}
        allowDeselect={false}
        data={data}
      />
      {repeat.monthly === 'day' && day >= NOT_IN_EVERY_MONTH && (
        <Text c="dimmed" mt={4}>
          {t('repeat.shortMonths', { day })}
        </Text>
      )}
    </div>
  );
}
