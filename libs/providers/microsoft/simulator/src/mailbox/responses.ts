import { refusals } from '../graph/graph-error';
import type { CalendarStore } from './calendar-store';
import type { EmailAddress, EventContent, EventRecord, ItemRecord, ResponseStatus, ZonedTime } from './event-record';
import type { EventWriter, WriteContext } from './event-writer';
import { withItem, withoutDay } from './item-of-series';
import type { Mailbox } from './mailbox';
import { answerMail, type Answer } from './meeting-mails';
import type { Item } from './occurrences';

export interface Response {
  answer: Answer;
  sendResponse: boolean;
  proposedNewTime: { start: ZonedTime; end: ZonedTime } | null;
}

const SHOW_AS: Record<Answer, EventContent['showAs']> = {
  accepted: 'busy',
  tentativelyAccepted: 'tentative',
  declined: 'free',
};

/**
 * An attendee's answer to a meeting. The organizer learns it only when a response is sent. A declined meeting leaves the
 * calendar of who declined it, as Exchange moves it to the deleted items.
 * @throws GraphError 400
 */
export function respond(
  writer: EventWriter,
  box: Mailbox,
  place: { store: CalendarStore; item: Item },
  response: Response,
  context: WriteContext,
): void {
  const { store, item } = place;
  const { answer, sendResponse, proposedNewTime } = response;
  const before = item.read();
  checkResponse(before, response);
  const status: ResponseStatus = { response: answer, time: writer.now() };
  const content = { ...before.content, responseStatus: status, showAs: SHOW_AS[answer] };
  const copy = item.event.record;
  const next = answer === 'declined' ? declined(copy, item.day) : answered(copy, item.day, { ...before, content });
  writer.save(store, next, context, item.day);
  if (!sendResponse) return;
  const proposal = proposedNewTime === null ? {} : { proposedNewTime };
  writer.copies.answer(copy, item.day, { address: box.email, status, ...proposal });
  writer.ledger.noteMail(context.actor, { at: writer.now(), ...answerMail(answer, before) });
}

function checkResponse({ content }: ItemRecord, { sendResponse, proposedNewTime }: Response): void {
  if (content.isOrganizer) {
    throw refusals.invalidRequest(
      "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
    );
  }
  if (content.isCancelled) throw refusals.invalidRequest("Your request can't be completed. The meeting was cancelled.");
  if (sendResponse && !content.responseRequested) {
    throw refusals.invalidRequest(
      "Your request can't be completed. The meeting organizer hasn't requested a response.",
    );
  }
  if (proposedNewTime !== null && (!content.allowNewTimeProposals || !sendResponse)) {
    throw refusals.invalidRequest("Your request can't be completed. A new time cannot be proposed for this meeting.");
  }
}

/** An answer to a series holds for its exceptions too. */
function answered(copy: EventRecord, day: string | null, item: ItemRecord): EventRecord {
  const next = withItem(copy, day, item);
  if (day !== null) return next;
  const { responseStatus, showAs } = item.content;
  const exceptions = Object.entries(copy.exceptions).map(([key, one]) => [
    key,
    { ...one, content: { ...one.content, responseStatus, showAs } },
  ]);
  return { ...next, exceptions: Object.fromEntries(exceptions) };
}

const declined = (copy: EventRecord, day: string | null): EventRecord =>
  day === null ? { ...copy, deleted: true } : withoutDay(copy, day, copy.updatedAt);

/**
 * The organizer calls a meeting off: it leaves the own calendar, and attendees keep it marked as cancelled.
 * @throws GraphError 400 for anybody else
 */
export function callOff(writer: EventWriter, store: CalendarStore, item: Item, context: WriteContext): void {
  const { content } = item.read();
  if (!content.isOrganizer) {
    throw refusals.invalidRequest("Your request can't be completed. You need to be an organizer to cancel a meeting.");
  }
  if (content.attendees.length === 0) {
    throw refusals.invalidRequest("Your request can't be completed. This event is not a meeting.");
  }
  writer.remove(store, item, context);
}

/** Sends a meeting on. From an attendee's calendar the recipients become attendees of the organizer's meeting. */
export function forward(
  writer: EventWriter,
  item: Item,
  recipients: readonly EmailAddress[],
  context: WriteContext,
): void {
  const { content } = item.read();
  for (const { address } of recipients) {
    writer.ledger.noteMail(context.actor, { at: writer.now(), to: address, subject: `FW: ${content.subject}` });
  }
  if (!content.isOrganizer) writer.copies.add(item.event.record, recipients);
}
