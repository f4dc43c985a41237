import { respond, trackResponse, type Answer, type GivenAnswer } from '../calendar/meetings/respond';
import type { ItemRecord } from '../mailbox/records';
import { itemNotFound } from '../mailbox/refusals';
import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { childOf, element, type XmlElement } from '../wire/element';
import { disposeItem } from './item-moves';
import { meetingIn, postMail, type PostSurroundings } from './meeting-posts';
import { contextOf, itemNamed, keptOf } from './named-items';
import { calendarValue } from './series-calendar-rules';
import { changeItem } from './store-item';

const ANSWERS: Readonly<Record<string, Answer>> = {
  AcceptItem: 'Accept',
  TentativelyAcceptItem: 'Tentative',
  DeclineItem: 'Decline',
};

interface Answering {
  readonly call: Call;
  /** A value of `MessageDispositionType`: whether the organizer hears of it. */
  readonly disposition: string;
}

/**
 * `AcceptItem`, `TentativelyAcceptItem` and `DeclineItem`: to the request in the inbox, to the meeting in the calendar, or to
 * one occurrence of it.
 * @throws EwsRefusal when there is no such meeting, or it is one's own or cancelled
 */
export function answerMeeting(
  around: PostSurroundings,
  response: XmlElement,
  { call, disposition }: Answering,
): readonly XmlElement[] {
  const reference = childOf(response, 'ReferenceItemId');
  const answer = ANSWERS[response.name];
  if (answer === undefined) throw new EwsRefusal('ErrorInvalidOperation', `${response.name} is not supported.`);
  if (reference === null) throw itemNotFound();
  const named = itemNamed(around, { ...reference, name: 'ItemId' }, { call, need: 'modify' });
  const isRequest = named.item.kind === 'MeetingRequest';
  const copy = isRequest ? meetingIn(around, call.mailbox, named.item.fields) : named.item;
  if (copy === undefined) throw itemNotFound();
  const mailbox = around.store.mailboxes.get(call.mailbox);
  const attendee = { name: mailbox?.displayName ?? call.mailbox, address: call.mailbox };
  const given: GivenAnswer = { answer, attendee, now: call.now, extra: response.children };
  const items = answered(around, { copy, day: named.day, given, call, disposition });
  if (isRequest) disposeItem(around.store, named.item, { mode: 'MoveToDeletedItems', by: call });
  return items;
}

interface Given extends Answering {
  readonly copy: ItemRecord;
  readonly day: string | null;
  readonly given: GivenAnswer;
}

function answered(around: PostSurroundings, { copy, day, given, call, disposition }: Given): readonly XmlElement[] {
  const context = contextOf(around, copy, call);
  const before = day === null ? copy.fields : around.calendar.occurrence(keptOf(copy), day, context);
  const outcome = calendarValue(respond(before, given));
  const change = { fields: outcome.copy, sent: [] };
  const stored =
    day === null
      ? { fields: outcome.copy, series: copy.series }
      : around.calendar.changeOccurrence(keptOf(copy), { ...change, day }, context);
  const changed = changeItem(around, copy, { change: { ...stored, onlyReadFlag: false }, call });
  if (outcome.leavesCalendar && day === null) {
    disposeItem(around.store, changed, { mode: 'MoveToDeletedItems', by: call });
  }
  if (disposition !== 'SaveOnly') {
    postMail(around, outcome.mail, { call, savesCopy: disposition === 'SendAndSaveCopy' });
    track(around, outcome.mail.to.address.toLowerCase(), { copy, day, given, call, disposition });
  }
  if (outcome.leavesCalendar) return [];
  const { id, changeKey } = keptOf(changed);
  const own = day === null ? id : around.calendar.occurrenceId(id, day);
  return [element('CalendarItem', [element('ItemId', [], { Id: own, ChangeKey: changeKey })])];
}

/** What the organizer's meeting tells of an answer from then on. */
function track(around: PostSurroundings, organizer: string, { copy, day, given, call }: Given): void {
  const meeting = meetingIn(around, organizer, copy.fields);
  if (meeting === undefined) return;
  const context = contextOf(around, meeting, call);
  if (day === null) {
    const change = { fields: trackResponse(meeting.fields, given), series: meeting.series, onlyReadFlag: false };
    changeItem(around, meeting, { change, call });
    return;
  }
  const fields = trackResponse(around.calendar.occurrence(keptOf(meeting), day, context), given);
  const left = around.calendar.changeOccurrence(keptOf(meeting), { day, fields, sent: [] }, context);
  changeItem(around, meeting, { change: { ...left, onlyReadFlag: false }, call });
}
