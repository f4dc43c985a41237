import {
  asProviderError,
  diagnosisMarker,
  failed,
  passed,
  type CalendarWrites,
  type CheckOutcome,
  type MeetingDraft,
} from '@daybook/provider-port';

/** Where a test event is, or was to be. */
export interface TestEvent {
  readonly calendarRemoteId: string;
  readonly timeZone: string | null;
  /** As `CreateRequest.key`, used for nothing else. */
  readonly key: string;
}

/** Remembers a test event from before it is asked for until it is certain that it is gone, also over the end of a process. */
export interface TestEventNotes {
  note(event: TestEvent): Promise<void>;
  forget(event: TestEvent): Promise<void>;
}

/** Says what it is to whoever should meet it, lies where nobody looks, concerns nobody and mails nobody. */
const draft: MeetingDraft = {
  title: 'Daybook connection check, removed at once',
  description: 'Daybook wrote this to see whether it can write to this calendar. It may be deleted.',
  location: '',
  start: { dateTime: '2000-01-03T03:00:00', timeZone: 'UTC' },
  end: { dateTime: '2000-01-03T03:05:00', timeZone: 'UTC' },
  lines: [],
  attendees: [],
  visibility: 'private',
};

/**
 * Writes an event and removes it. What went wrong in between is followed by an attempt to remove; where that is not certain to
 * have worked the note stays, for `removeTestEvent` later. @throws ProviderError
 */
export async function checkWriteThenRemove(
  writes: CalendarWrites,
  event: TestEvent,
  notes: TestEventNotes,
): Promise<CheckOutcome> {
  await notes.note(event);
  try {
    const { remoteId, version } = await writes.create({ ...event, draft, marker: diagnosisMarker, notify: false });
    await writes.remove({ ...event, target: { type: 'item', remoteId }, ifVersion: version, notify: false });
  } catch (error) {
    const left = await leftAfter(error, writes, event);
    if (left === 'nothing') await notes.forget(event);
    if (left === 'event') return failed('test_event_left');
    throw error;
  }
  await notes.forget(event);
  return passed;
}

/** Removes what is there of a test event. @throws ProviderError where that is not certain */
export async function removeTestEvent(writes: CalendarWrites, event: TestEvent): Promise<'removed' | 'none'> {
  const made = await writes.made(event);
  if (!made) return 'none';
  const target = { type: 'item', remoteId: made.remoteId } as const;
  await writes.remove({ ...event, target, ifVersion: null, notify: false }).catch((error: unknown) => {
    if (asProviderError(error).kind !== 'Gone') throw error;
  });
  return 'removed';
}

/** `unknown`: nothing is there, but the write whose answer did not come may still be under way. */
async function leftAfter(
  error: unknown,
  writes: CalendarWrites,
  event: TestEvent,
): Promise<'nothing' | 'unknown' | 'event'> {
  const { kind } = asProviderError(error);
  // Access that was refused for good is not shown once more, not even to clear up.
  if (kind === 'ConsentRevoked' || kind === 'SwitchedOff') return 'unknown';
  try {
    const found = await removeTestEvent(writes, event);
    return found === 'none' && kind === 'Unavailable' ? 'unknown' : 'nothing';
  } catch {
    return 'event';
  }
}
