import type { MeetingReader } from '../ports/meeting-reader';
import type { MeetingRecord } from '../ports/records';

const LOOK_EVERY_MS = 60;

export interface Awaiting {
  readonly reader: MeetingReader;
  readonly pause: (ms: number) => Promise<void>;
  /** How long a person waits for the provider before they are told that it goes on without them, milliseconds. */
  readonly patienceMs: number;
}

/** The record when nothing of it waits for a provider any more, null when it is gone; as it is after a while otherwise. */
export async function awaitWrite(
  meetingId: string,
  { reader, pause, patienceMs }: Awaiting,
): Promise<MeetingRecord | null> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const record = await reader.meeting(meetingId);
    if (!record || !isWaiting(record) || performance.now() >= until) return record;
    await pause(LOOK_EVERY_MS);
  }
}

export function isWaiting({ writing }: MeetingRecord): boolean {
  return writing !== undefined && (writing.pending !== null || writing.left.length > 0);
}
