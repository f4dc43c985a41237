import { Chip, Input, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import { describeRepeat } from '../meetings/repeat-words';
import { isDay, repeatLines } from './draft';
import { useFaultWords } from './fault-words';
import { MonthlyField } from './monthly-field';
import { inOrder, repeatKinds, weekdayOf, weekdays, type Repeat, type RepeatKind } from './repeat';
import classes from './schedule-form.module.css';
import { NumberField } from './time-fields';
import type { DraftForm } from './use-draft';

/** A Monday, to name weekdays by. */
const MONDAY = Date.parse('2024-01-01T00:00:00Z');

interface PartProps {
  readonly form: DraftForm;
  readonly repeat: Repeat;
  readonly onChange: (change: Partial<Repeat>) => void;
}

/** Whether and how it repeats, and a sentence that says what that means. */
export function RepeatFields({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const { repeat, date } = form.draft;
  const [first] = useState(repeat);
  const words = useFaultWords(form);
  const onChange = (change: Partial<Repeat>) => form.set({ repeat: { ...repeat, ...change } });
  const choose = (kind: RepeatKind) => {
    if (kind === 'own') return form.set({ repeat: first });
    // A rule of its own gives way; what was left out of the series stays left out.
    onChange({ kind, kept: repeat.kept.filter((line) => !/^RRULE:/i.test(line)) });
  };
  const offered = repeatKinds.filter((kind) => kind !== 'own' || first.kind === 'own');
  const built = repeat.kind !== 'none' && repeat.kind !== 'own';
  return (
    <div className={classes.group}>
      <Select
        label={t('repeat.title')}
        value={repeat.kind}
        onChange={(kind) => kind && choose(kind)}
        allowDeselect={false}
        data={offered.map((value) => ({ value, label: t(`repeat.${value}`) }))}
      />
      {built && isDay(date) && (
        <div className={classes.inner} data-field="repeat">
          <Frequency form={form} repeat={repeat} onChange={onChange} />
          {repeat.kind === 'weekly' && <Weekdays form={form} repeat={repeat} onChange={onChange} />}
          {repeat.kind === 'monthly' && <MonthlyField form={form} onChange={onChange} />}
          <Ending form={form} repeat={repeat} onChange={onChange} />
          <Sentence form={form} />
          {words('repeat') && <Input.Error role="alert">{words('repeat')}</Input.Error>}
        </div>
      )}
      {!built && words('repeat') && <Input.Error role="alert">{words('repeat')}</Input.Error>}
    </div>
  );
}

function Frequency({ repeat, onChange }: PartProps) {
  const { t } = useTranslation();
  if (repeat.kind === 'weekdays') return null;
  return (
    <div className={classes.every}>
      <NumberField
        field="every"
        label={t('repeat.every')}
        value={repeat.every}
        error={null}
        max={99}
        onValue={(every) => onChange({ every })}
      />
      <Text component="span" lh="36px">
        {t(`repeat.unit.${repeat.kind}`, { count: repeat.every || 1 })}
      </Text>
    </div>
  );
}

/** The first day's own weekday cannot be taken away: the series begins on it. */
function Weekdays({ form, repeat, onChange }: PartProps) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const first = weekdayOf(form.draft.date);
  const name = (width: 'short' | 'long', index: number) =>
    new Intl.DateTimeFormat(formats.language, { weekday: width, timeZone: 'UTC' }).format(MONDAY + index * 86_400_000);
  return (
    <Input.Wrapper label={t('repeat.onDays')} labelElement="div" description={t('repeat.firstDay')}>
      <Chip.Group
        multiple
        value={[...repeat.days]}
        onChange={(days) => onChange({ days: inOrder([...weekdays.filter((day) => days.includes(day)), first]) })}
      >
        <div className={classes.days} role="group" aria-label={t('repeat.onDays')}>
          {weekdays.map((day, index) => (
            <Chip
              key={day}
              value={day}
              radius="sm"
              classNames={{ root: classes.dayRoot, label: classes.day, iconWrapper: classes.noIcon }}
              aria-label={name('long', index)}
            >
              {name('short', index)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function Ending({ form, repeat, onChange }: PartProps) {
  const { t } = useTranslation();
  const labels = { never: t('repeat.never'), after: t('repeat.after'), on: t('repeat.onDate') };
  // Kept as long as nobody chooses an end.
  const [endless] = useState(repeat.ends === 'never');
  const offered = [...(endless ? (['never'] as const) : []), 'after', 'on'] as const;
  return (
    <div className={classes.ending}>
      <Input.Wrapper label={t('repeat.ends')} labelElement="div">
        <div>
          <SegmentedControl
            aria-label={t('repeat.ends')}
            value={repeat.ends}
            onChange={(ends) => onChange({ ends })}
            data={offered.map((value) => ({ value, label: labels[value] }))}
            transitionDuration={100}
          />
        </div>
      </Input.Wrapper>
      {repeat.ends === 'after' && (
        <NumberField
          field="count"
          label={t('repeat.afterTimes')}
          value={repeat.count}
          error={null}
          max={730}
          onValue={(count) => onChange({ count })}
        />
      )}
      {repeat.ends === 'on' && (
        <TextInput
          type="date"
          label={t('repeat.lastDay')}
          min={form.draft.date}
          max="9999-12-31"
          value={repeat.until}
          onChange={(event) => onChange({ until: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

function Sentence({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const { draft } = form;
  const { every, ends, count, until } = draft.repeat;
  const whole = every >= 1 && (ends !== 'after' || count >= 1) && (ends !== 'on' || isDay(until));
  return (
    <Text role="status" fw={500}>
      {whole && `${describeRepeat(repeatLines(draft), t, formats, draft.zone)}.`}
    </Text>
  );
}
