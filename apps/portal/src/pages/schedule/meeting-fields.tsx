import { SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { AttendeesField } from './attendees-field';
import { useFaultWords } from './fault-words';
import { RepeatFields } from './repeat-fields';
import { TimeFields } from './time-fields';
import type { DraftForm } from './use-draft';

interface FieldsProps {
  readonly form: DraftForm;
  readonly isNew: boolean;
  /** Of one occurrence the series' rule is not changed. */
  readonly repeats: boolean;
  readonly calendar: ReactNode;
  /** Mail is asked about when there is somebody who could get it. */
  readonly asksForMail: boolean;
}

/** All that a meeting consists of, in the order in which people think of it. */
export function MeetingFields({ form, isNew, repeats, calendar, asksForMail }: FieldsProps) {
  const { t } = useTranslation();
  const { draft, set } = form;
  const words = useFaultWords(form);
  return (
    <Stack gap="md">
      {isNew && <KindField form={form} />}
      <TextInput
        wrapperProps={{ 'data-field': 'topic' }}
        label={t('schedule.topic')}
        value={draft.topic}
        error={words('topic')}
        onChange={(event) => set({ topic: event.currentTarget.value })}
        required
        withAsterisk={false}
        data-autofocus
        autoComplete="off"
      />
      <TimeFields form={form} />
      {repeats && <RepeatFields form={form} />}
      {calendar}
      <AttendeesField form={form} isNew={isNew} asksForMail={asksForMail} />
      <VisibilityField form={form} />
      <Textarea
        wrapperProps={{ 'data-field': 'description' }}
        label={t('schedule.description')}
        value={draft.description}
        error={words('description')}
        onChange={(event) => set({ description: event.currentTarget.value })}
        rows={4}
        resize="vertical"
      />
    </Stack>
  );
}

function KindField({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('schedule.kind')}
      value={form.draft.kind}
      onChange={(kind) => form.set({ kind })}
      data={(['meeting', 'webinar'] as const).map((value) => ({ value, label: t(`schedule.${value}`) }))}
      transitionDuration={100}
      style={{ alignSelf: 'flex-start' }}
    />
  );
}

function VisibilityField({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const words = useFaultWords(form);
  return (
    <Select
      wrapperProps={{ 'data-field': 'visibility' }}
      label={t('schedule.visibility')}
      value={form.draft.visibility}
      error={words('visibility')}
      onChange={(visibility) => visibility && form.set({ visibility })}
      allowDeselect={false}
      data={(['default', 'public', 'private'] as const).map((value) => ({
        value,
        label: t(`schedule.visibilities.${value}`),
      }))}
    />
  );
}
