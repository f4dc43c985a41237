import type { MeetingTime } from '@daybook/domain';
import type {
  CalendarWrites,
  DraftField,
  MeetingDraft,
  MeetingMarker,
  ProviderAccess,
  RemoteMeeting,
  WriteTarget,
} from '@daybook/provider-port';
import type { ConformanceSubject } from './conformance-subject';
import { list, sessionOf } from './listing';

export type Live = Exclude<RemoteMeeting, { kind: 'cancelled' }>;

export const BERLIN = 'Europe/Berlin';
export const MARKER: MeetingMarker = { deployment: 'dep_conformance', meetingId: 'mtg_0000000001' };
/** As the port has it: 20 to 60 characters of 0-9 and a-v. */
export const KEY = '0a1b2c3d4e5f6g7h8i9jkv';

export const timed = (dateTime: string, timeZone = BERLIN): MeetingTime => ({ dateTime, timeZone });

/** Writes to the test calendar, with what is the same in all cases filled in. */
export interface Writing {
  create(draft: MeetingDraft, more?: { key?: string; notify?: boolean; marker?: MeetingMarker }): Promise<Live>;
  update(item: Live | AtVersion, change: Change): Promise<Live>;
  remove(target: WriteTarget, ifVersion: string | null, notify?: boolean): Promise<void>;
  made(key?: string): Promise<RemoteMeeting | null>;
  read(target: WriteTarget): Promise<RemoteMeeting | null>;
  remoteIdOf: CalendarWrites['remoteIdOf'];
}

export interface AtVersion {
  readonly target: WriteTarget;
  readonly version: string;
}

export interface Change {
  readonly draft: MeetingDraft;
  readonly fields: readonly DraftField[];
  readonly notify?: boolean;
}

export const itself = ({ remoteId }: { readonly remoteId: string }): WriteTarget => ({ type: 'item', remoteId });

export async function writingTo(subject: ConformanceSubject, access?: ProviderAccess): Promise<Writing> {
  const { provider, mailbox } = subject;
  const { writes } = sessionOf(provider, access ?? (await subject.access()));
  if (!writes) throw new Error(`${provider.key} does not write`);
  const where = { calendarRemoteId: mailbox.calendarRemoteId, timeZone: BERLIN };
  // Where guests are mailed whatever one says, only a write that asks for it may have some.
  const always = provider.calendar?.mailsAttendees === 'always';
  return {
    create: async (draft, { key = KEY, notify = always, marker = MARKER } = {}) =>
      living(await writes.create({ ...where, key, draft, marker, notify })),
    update: async (item, { draft, fields, notify = always }) => {
      const target = 'target' in item ? item.target : itself(item);
      return living(await writes.update({ ...where, target, ifVersion: item.version, draft, fields, notify }));
    },
    remove: (target, ifVersion, notify = always) => writes.remove({ ...where, target, ifVersion, notify }),
    made: (key = KEY) => writes.made({ ...where, key }),
    read: (target) => writes.read({ ...where, target }),
    remoteIdOf: writes.remoteIdOf?.bind(writes),
  };
}

/** @throws Error for what has no content */
export function living(item: RemoteMeeting | null): Live {
  if (item === null || item.kind === 'cancelled') throw new Error(`not a living item: ${item?.kind ?? 'nothing'}`);
  return item;
}

/** All that lies in the calendar now, as a listing shows it. */
export async function listed(subject: ConformanceSubject): Promise<readonly RemoteMeeting[]> {
  const { changes } = await list(subject);
  return changes.flatMap((change) => (change.type === 'upserted' ? [change.item] : []));
}

/**
 * Expects an item to have all that a draft says. Who somebody is to the mailbox is the provider's to say, and what somebody
 * answered too, where it takes nobody's word for it.
 */
export function expectAsDrafted(item: Live, draft: MeetingDraft, answers: 'written' | 'its' = 'written'): void {
  const { lines, ...its } = draft;
  const { title, description, location, start, end, visibility } = item.content;
  const [attendees, drafted] = [item.content.attendees, its.attendees].map((all) =>
    all.map((each) => (answers === 'its' ? { ...each, response: 'needsAction' } : each)),
  );
  expect({ title, description, location, start, end, visibility, attendees }).toEqual({ ...its, attendees: drafted });
  if (item.kind !== 'exception') expect(item.kind === 'series' ? item.lines : []).toEqual(lines);
}
