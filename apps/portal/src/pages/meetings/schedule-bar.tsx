import { ActionIcon, Button, Group } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Icon } from '../../shell/icon';
import { addDays } from '../../time/zoned-time';
import { mondayOf, stepDate, type Period } from './schedule-period';
import classes from './schedule.module.css';

interface BarProps {
  readonly view: Period;
  readonly date: string;
  readonly onDate: (date: string | null) => void;
}

/** Earlier, today, later, and what is shown. */
export function ScheduleBar({ view, date, onDate }: BarProps) {
  const { t, i18n } = useTranslation();
  return (
    <Group gap="xs" mb="sm" wrap="nowrap">
      <ActionIcon
        className={classes.steps}
        variant="default"
        size={36}
        aria-label={t('meetings.previous')}
        onClick={() => onDate(stepDate(view, date, -1))}
      >
        <Icon name="back" size={16} />
      </ActionIcon>
      <Button variant="default" className={classes.steps} onClick={() => onDate(null)}>
        {t('meetings.today')}
      </Button>
      <ActionIcon
        className={classes.steps}
        variant="default"
        size={36}
        aria-label={t('meetings.next')}
        onClick={() => onDate(stepDate(view, date, 1))}
      >
        <Icon name="forward" size={16} />
      </ActionIcon>
      <h2 className={classes.period} aria-live="polite">
        {describePeriod(view, date, i18n.language)}
      </h2>
    </Group>
  );
}

/** `22 – 28 November 2026`, `November 2026`, `Sunday, 22 November 2026`. */
export function describePeriod(view: Period, date: string, language: string): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  if (view === 'month') return format({ month: 'long', year: 'numeric' }).format(at(date));
  if (view === 'day')
    return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at(date));
  const monday = mondayOf(date);
  return format({ day: 'numeric', month: 'long', year: 'numeric' }).formatRange(at(monday), at(addDays(monday, 6)));
}
