import { Alert, Select, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { addDays, dayOf, offsetAt } from '../../time/zoned-time';
import { clockChange } from './clock-change';
import { isClock, isDay, spanOf, type Draft } from './draft';
import { useFaultWords } from './fault-words';
import classes from './schedule-form.module.css';
import type { DraftForm } from './use-draft';
import { ZoneField } from './zone-field';

const presets = [15, 30, 45, 60, 90, 120];

/** When: day, start, length and zone, and below them what that comes to. */
export function TimeFields({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const { draft, set } = form;
  const words = useFaultWords(form);
  return (
    <div className={classes.group}>
      <div className={classes.row}>
        <TextInput
          wrapperProps={{ 'data-field': 'date' }}
          type="date"
          label={t('schedule.date')}
          value={draft.date}
          error={words('date')}
          onChange={(event) => set({ date: event.currentTarget.value })}
          max="9999-12-31"
        />
        {!draft.allDay && (
          <TextInput
            wrapperProps={{ 'data-field': 'time' }}
            type="time"
            label={t('schedule.time')}
            value={draft.time}
            error={words('time')}
            onChange={(event) => set({ time: event.currentTarget.value.slice(0, 5) })}
          />
        )}
        {draft.allDay ? <DaysField form={form} /> : <LengthField form={form} />}
      </div>
      <TimeHints draft={draft} />
      {!draft.allDay && <ZoneField form={form} />}
      <Switch
        label={t('schedule.allDay')}
        checked={draft.allDay}
        onChange={(event) => set({ allDay: event.currentTarget.checked })}
      />
    </div>
  );
}

function LengthField({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const { draft, set } = form;
  const words = useFaultWords(form);
  const [free, setFree] = useState(() => !presets.includes(draft.minutes));
  const label = (minutes: number) => {
    if (minutes === 90) return t('schedule.hoursAndHalf');
    return minutes < 60 ? t('schedule.minutes', { count: minutes }) : t('schedule.hours', { count: minutes / 60 });
  };
  return (
    <>
      <Select
        label={t('schedule.length')}
        value={free ? 'other' : String(draft.minutes)}
        onChange={(chosen) => {
          setFree(chosen === 'other');
          if (chosen !== 'other' && chosen !== null) set({ minutes: Number(chosen) });
        }}
        allowDeselect={false}
        data={[
          ...presets.map((minutes) => ({ value: String(minutes), label: label(minutes) })),
          { value: 'other', label: t('schedule.otherLength') },
        ]}
        {...(free ? {} : { error: words('length'), wrapperProps: { 'data-field': 'length' } })}
      />
      {free && (
        <NumberField
          field="length"
          label={t('schedule.inMinutes')}
          value={draft.minutes}
          error={words('length')}
          onValue={(minutes) => set({ minutes })}
        />
      )}
    </>
  );
}

function DaysField({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const words = useFaultWords(form);
  return (
    <NumberField
      field="length"
      label={t('schedule.inDays')}
      value={form.draft.days}
      error={words('length')}
      onValue={(days) => form.set({ days })}
    />
  );
}

interface NumberFieldProps {
  readonly field: string;
  readonly label: string;
  readonly value: number;
  readonly error: string | null;
  readonly max?: number;
  readonly onValue: (value: number) => void;
}

/** A whole number; while the field is empty it is NaN. */
export function NumberField({ field, label, value, error, max, onValue }: NumberFieldProps) {
  return (
    <TextInput
      wrapperProps={{ 'data-field': field }}
      type="number"
      inputMode="numeric"
      min={1}
      max={max}
      label={label}
      value={Number.isNaN(value) ? '' : value}
      error={error}
      onChange={(event) => onValue(event.currentTarget.valueAsNumber)}
    />
  );
}

function TimeHints({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const { date, time, zone } = draft;
  const change = !draft.allDay && isDay(date) && isClock(time) ? clockChange(`${date}T${time}:00`, zone) : null;
  const sentence = useEndSentence(draft);
  return (
    <div aria-live="polite">
      {sentence && <Text c="dimmed">{sentence}</Text>}
      {change && (
        <Alert role="note" variant="light" color="yellow" icon={<Icon name="clock" />} mt="xs">
          {change.kind === 'skipped'
            ? t('schedule.skipped', { time, begins: change.begins })
            : t('schedule.twice', { time })}
        </Alert>
      )}
    </div>
  );
}

/** When it ends on its own clock, and when it is on the person's, where that is another. */
function useEndSentence(draft: Draft): string | null {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const { date, days, zone } = draft;
  if (draft.allDay)
    return days > 1 && isDay(date) ? t('schedule.lastDay', { day: formats.day(addDays(date, days - 1), date) }) : null;
  const span = spanOf(draft);
  if (!span) return null;
  const time = formats.timeIn(span.to, zone);
  const last = dayOf(span.to, zone);
  const ends =
    last === date ? t('schedule.ends', { time }) : t('schedule.endsLater', { time, day: formats.day(last, date) });
  if (offsetAt(span.from, zone) === offsetAt(span.from, formats.zone)) return ends;
  const own = dayOf(span.from, formats.zone);
  const clock = `${formats.time(span.from)}–${formats.time(span.to)}`;
  return `${ends} ${t('schedule.yourTime', { span: own === date ? clock : `${formats.shortDay(own)}, ${clock}` })}`;
}
