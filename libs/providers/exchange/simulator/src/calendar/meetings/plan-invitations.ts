import { element } from '../../wire/element';
import { attendeesOf, isSamePerson, organizerOf, type InvitedPerson } from '../item/attendees';
import { booleanField, fieldOf, isSameElement, withFields, type Fields } from '../item/fields';
import { meetingCancellation, meetingRequest, type MailIntent, type RequestType } from './meeting-mail';

/** SendMeetingInvitations, SendMeetingInvitationsOrCancellations and SendMeetingCancellations. */
export type SendMode =
  'SendToNone' | 'SendOnlyToAll' | 'SendOnlyToChanged' | 'SendToAllAndSaveCopy' | 'SendToChangedAndSaveCopy';

export interface MeetingPlan {
  readonly mails: readonly MailIntent[];
  /** The organizer keeps each mail among the sent ones. */
  readonly savesCopy: boolean;
  /** The item as it is stored once the mails are out. */
  readonly item: Fields;
}

export interface MeetingWrite {
  /** Normalised fields before the write; null when the item is new. */
  readonly before: Fields | null;
  /** And after it. */
  readonly after: Fields;
  readonly mode: SendMode;
  /** Epoch milliseconds. */
  readonly now: number;
}

const NO_MAILS = { mails: [], savesCopy: false };

/**
 * Who gets which mail after an organizer created or updated an item (or one occurrence):
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/updateitem
 * Attendees never send anything by writing to their copy.
 */
export function planInvitations({ before, after, mode, now }: MeetingWrite): MeetingPlan {
  if (mode === 'SendToNone' || !booleanField(after, 'IsOrganizer', true)) return { ...NO_MAILS, item: after };
  const [invited, former] = [recipients(after), before === null ? [] : recipients(before)];
  const isNew = ({ address }: InvitedPerson): boolean => !former.some((one) => isSamePerson(one.address, address));
  const isGone = ({ address }: InvitedPerson): boolean => !invited.some((one) => isSamePerson(one.address, address));
  const onlyChanged = mode === 'SendOnlyToChanged' || mode === 'SendToChangedAndSaveCopy';
  const update = updateType(before, after);
  const requests = invited
    .filter((person) => !onlyChanged || isNew(person))
    .map((person) => meetingRequest(after, person, { type: isNew(person) ? 'NewMeetingRequest' : update, now }));
  const cancellations = former.filter(isGone).map((person) => meetingCancellation(before ?? after, person, now));
  const item = invited.length === 0 ? after : withFields(after, [element('MeetingRequestWasSent', true)]);
  return { mails: [...requests, ...cancellations], savesCopy: mode.endsWith('AndSaveCopy'), item };
}

/** Who gets mail: everybody once, except the organizer. */
function recipients(fields: Fields): readonly InvitedPerson[] {
  const { address: organizer } = organizerOf(fields);
  const found = new Map<string, InvitedPerson>();
  for (const person of attendeesOf(fields)) {
    const key = person.address.toLowerCase();
    if (key !== '' && !isSamePerson(key, organizer) && !found.has(key)) found.set(key, person);
  }
  return [...found.values()];
}

/** A change of the times needs a new answer (MS-OXOCAL 3.1.4.7.1). */
function updateType(before: Fields | null, after: Fields): RequestType {
  const isMoved = ['Start', 'End', 'Recurrence'].some(
    (name) => !isSameElement(fieldOf(before ?? [], name), fieldOf(after, name)),
  );
  return isMoved ? 'FullUpdate' : 'InformationalUpdate';
}

/** Who is told that an organizer deleted an item (or one occurrence). */
export function planCancellations(item: Fields, mode: SendMode, now: number): MeetingPlan {
  if (mode === 'SendToNone' || !booleanField(item, 'IsOrganizer', true)) return { ...NO_MAILS, item };
  const mails = recipients(item).map((person) => meetingCancellation(item, person, now));
  return { mails, savesCopy: mode.endsWith('AndSaveCopy'), item };
}
