import { draftOf } from '@daybook/sync-engine';
import type { CalendarRecord, LeftPlace, MeetingRecord, PendingWrite, WritingPart } from '../ports/records';
import type { ChangeContext, PlannedChange } from './change-context';
import { newPending, timing } from './draft-record';
import { emptyWriting, occurrenceItem } from './edit-target';
import { invitedTo, placeAttendees, refuseMail } from './kept-attendees';
import { refuse } from './meeting-input';
import type { ItemChange } from './plan-changes';
import { wholeWish } from './plan-update';
import { unitOf } from './unit-of';
import type { WriteSurroundings } from './write-surroundings';

/** A meeting changes its calendar, whole: it is created where it goes, and removed from where it was after that. */
export async function planMove<Tx>(
  change: ChangeContext,
  to: CalendarRecord | null,
  around: WriteSurroundings<Tx>,
): Promise<PlannedChange> {
  const { found, scope, lies, viewer } = change;
  if (scope !== 'all')
    return refuse([
      {
        field: 'calendarId',
        code: 'moves_as_a_whole',
        detail: 'A repeated meeting changes its calendar as a whole: use the scope all.',
      },
    ]);
  const home = to ?? (await around.writer.ownCalendar({ userId: viewer.userId, accountId: viewer.accountId }));
  const stored = await unitOf(found, around.writer);
  const head = movedHead(change, home, around);
  const members = [...stored.items.values()].filter(({ _id }) => _id !== head._id);
  const place = (member: MeetingRecord): MeetingRecord => withPlacedAttendees(member, change.mails(home));
  const items = [head, ...members.map((member) => movedMember(place(member), head, home, around))];
  return {
    intentions: [
      {
        calendarId: home._id,
        unitId: head._id,
        stored,
        items: items.map((after) => changeOf(after, stored.items, home)),
      },
    ],
    meetingId: found.row._id,
    waitsFor: head._id,
    wake: [lies, home].flatMap(({ service, connectionId }) => (service === null ? [] : [connectionId])),
    alsoIn: [lies._id],
  };
}

function changeOf(
  after: MeetingRecord,
  items: ReadonlyMap<string, MeetingRecord>,
  { service }: CalendarRecord,
): ItemChange {
  const before = items.get(after._id) ?? null;
  const type = service === null ? 'updated' : 'intended';
  const effective = after.kind === 'cancelled' ? null : ('updated' as const);
  return { type, before, after, event: service === null ? effective : null, by: 'client' };
}

function movedHead<Tx>(change: ChangeContext, home: CalendarRecord, around: WriteSurroundings<Tx>): MeetingRecord {
  const { target, body, lies, mails } = change;
  const { present } = target;
  const at = new Date(around.clock.now());
  const notify = body.notify ?? false;
  refuseMail(present, { mails: mails(lies), notify });
  const { lines, ...fields } = wholeWish(change);
  const { attendees, kept } = placeAttendees(fields.attendees, { mails: mails(home), notify });
  const content = { ...present.content, ...fields, attendees, webLink: null };
  const writing = { ...(present.writing ?? emptyWriting()), kept };
  return {
    ...present,
    ...placeOf(home),
    ...timing({ ...fields, lines }, home.timeZone ?? 'UTC'),
    content,
    join: around.detectJoin(content),
    writing: {
      ...writing,
      edits: writing.edits + 1,
      creations: writing.creations + 1,
      pending: home.service === null ? null : newPending('create', at, notify),
      left: [...writing.left, ...leftPlaces(present, { at, notify })],
      refused: null,
    },
  };
}

function placeOf({ _id, connectionId }: CalendarRecord): Partial<MeetingRecord> {
  return { calendarId: _id, connectionId, remoteId: '', remoteVersion: '', iCalUid: null };
}

/** Where it is, or may be by now, and has to go from. */
function leftPlaces(
  { remoteId, remoteVersion, former, connectionId, calendarId, writing }: MeetingRecord,
  { at, notify }: { at: Date; notify: boolean },
): LeftPlace[] {
  if (remoteId === '') return [];
  const sent = (writing?.pending?.sent ?? null) !== null;
  const place = { connectionId, calendarId, remoteId, remoteVersion, ...(former ? { former } : {}) };
  return [{ ...place, since: at, sent, notify, attempts: 0, notBefore: at }];
}

/** What was changed of single occurrences is changed there, too, as soon as the series is there. */
function movedMember<Tx>(
  member: MeetingRecord,
  head: MeetingRecord,
  home: CalendarRecord,
  around: WriteSurroundings<Tx>,
): MeetingRecord {
  const { originalStart, startsAt, endsAt, content } = member;
  const start = content?.start ?? head.content?.start;
  const end = content?.end ?? head.content?.end;
  const row = {
    ...head,
    _id: member._id,
    itemId: head._id,
    seriesId: head._id,
    identity: '',
    originalStart,
    startsAt,
    endsAt,
  };
  const plain = start && end ? occurrenceItem({ ...row, start, end }, head) : head;
  const at = new Date(around.clock.now());
  const pending =
    home.service === null || !plain.content ? null : memberPending(member, draftOf(plain.content, []), at);
  const writing: WritingPart = { ...emptyWriting(), ...member.writing, pending };
  return { ...member, ...placeOf(home), writing };
}

/** Nobody is mailed because one occurrence is written anew. */
function withPlacedAttendees(member: MeetingRecord, mails: boolean): MeetingRecord {
  if (!mails || member.content === null) return member;
  const { attendees, kept } = placeAttendees(invitedTo(member), { mails, notify: false });
  const writing = { ...(member.writing ?? emptyWriting()), kept };
  return { ...member, content: { ...member.content, attendees }, writing };
}

function memberPending(member: MeetingRecord, agreed: PendingWrite['agreed'], at: Date): PendingWrite {
  return { ...newPending(member.kind === 'cancelled' ? 'remove' : 'update', at, false), agreed };
}
