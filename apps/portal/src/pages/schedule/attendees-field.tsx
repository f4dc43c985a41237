import { Pill, PillsInput, Switch } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { useFaultWords } from './fault-words';
import { isAddress, readInvitees, withInvitees, type Invitee } from './invitees';
import classes from './schedule-form.module.css';
import type { DraftForm } from './use-draft';

const FIELD_ID = 'attendees';

interface AttendeesProps {
  readonly form: DraftForm;
  readonly isNew: boolean;
  readonly asksForMail: boolean;
}

/** Who takes part, one chip each; what is no address stays to be seen and put right. */
export function AttendeesField({ form, isNew, asksForMail }: AttendeesProps) {
  const { t } = useTranslation();
  const { draft, set } = form;
  const words = useFaultWords(form);
  return (
    <div className={classes.group}>
      <PillsInput
        wrapperProps={{ 'data-field': 'attendees' }}
        label={t('schedule.attendees')}
        labelProps={{ htmlFor: FIELD_ID }}
        description={t('schedule.attendeesHint')}
        error={words('attendees')}
      >
        <Chips form={form} invalid={words('attendees') !== null} />
      </PillsInput>
      {asksForMail && (
        <Switch
          label={t(isNew ? 'schedule.notify' : 'schedule.notifyChange')}
          description={t(isNew ? 'schedule.notifyHint' : 'schedule.notifyChangeHint')}
          checked={draft.notify}
          onChange={(event) => set({ notify: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}

function Chips({ form, invalid }: { form: DraftForm; invalid: boolean }) {
  const { draft, set } = form;
  const { attendees } = draft;
  return (
    <Pill.Group>
      {attendees.map((invitee) => (
        <AttendeeChip
          key={invitee.email}
          invitee={invitee}
          onRemove={() => {
            set({ attendees: attendees.filter((other) => other !== invitee) });
            document.getElementById(FIELD_ID)?.focus();
          }}
        />
      ))}
      <AddressInput
        invalid={invalid}
        placeholder={attendees.length === 0 ? 'ben@example.com' : undefined}
        onAdd={(read) => set({ attendees: withInvitees(attendees, read) })}
        onTakeBack={() => set({ attendees: attendees.slice(0, -1) })}
      />
    </Pill.Group>
  );
}

interface AddressInputProps {
  readonly invalid: boolean;
  readonly placeholder: string | undefined;
  readonly onAdd: (invitees: readonly Invitee[]) => void;
  readonly onTakeBack: () => void;
}

/** Enter, a comma, pasting and leaving make chips of what is typed; Backspace in the empty field takes the last one back. */
function AddressInput({ invalid, placeholder, onAdd, onTakeBack }: AddressInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = (added: string) => {
    setText('');
    const read = readInvitees(added);
    if (read.length > 0) onAdd(read);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault();
      add(text);
    }
    if (event.key === 'Backspace' && text === '') onTakeBack();
  };
  return (
    <PillsInput.Field
      id={FIELD_ID}
      inputMode="email"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      aria-invalid={invalid || undefined}
      aria-label={t('schedule.attendees')}
      placeholder={placeholder}
      value={text}
      onChange={({ currentTarget: { value } }) => (/[,;]$/.test(value) ? add(value) : setText(value))}
      onPaste={(event) => {
        event.preventDefault();
        add(`${text}${event.clipboardData.getData('text/plain')}`);
      }}
      onBlur={() => add(text)}
      onKeyDown={onKeyDown}
    />
  );
}

function AttendeeChip({ invitee, onRemove }: { invitee: Invitee; onRemove: () => void }) {
  const { t } = useTranslation();
  const { email, name } = invitee;
  const wrong = !isAddress(email);
  return (
    <Pill
      className={classes.chip}
      data-wrong={wrong || undefined}
      title={wrong ? t('schedule.notAnAddress') : email}
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{
        'aria-label': t('schedule.removeAttendee', { address: name ?? email }),
        'aria-hidden': false,
        tabIndex: 0,
      }}
    >
      {name ?? email}
      {wrong && ` (${t('schedule.notAnAddress')})`}
    </Pill>
  );
}
