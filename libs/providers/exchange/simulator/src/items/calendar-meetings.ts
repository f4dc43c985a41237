import { cancelMeeting } from '../calendar/meetings/cancel-meeting';
import {
  planCancellations,
  planInvitations,
  type MeetingPlan,
  type SendMode,
} from '../calendar/meetings/plan-invitations';
import type { ItemRecord } from '../mailbox/records';
import { itemNotFound } from '../mailbox/refusals';
import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { childOf, element, type XmlElement } from '../wire/element';
import { disposeItem } from './item-moves';
import { answerMeeting } from './meeting-answers';
import type { MeetingDesk, MeetingTarget } from './meeting-desk';
import { meetingIn, placeCopy, postMail, withdrawCopy, type PostSurroundings } from './meeting-posts';
import { contextOf, itemNamed, keptOf } from './named-items';
import { calendarValue } from './series-calendar-rules';
import { changeItem } from './store-item';

const MODES: readonly SendMode[] = [
  'SendToNone',
  'SendOnlyToAll',
  'SendOnlyToChanged',
  'SendToAllAndSaveCopy',
  'SendToChangedAndSaveCopy',
];
const modeOf = (how: string): SendMode => MODES.find((mode) => mode === how) ?? 'SendToNone';

/** Meetings between the mailboxes: mails land in inboxes, copies in calendars, answers at the organizer. */
export function calendarMeetings(around: PostSurroundings): MeetingDesk {
  return {
    created: (target, how, call) => {
      const after = fieldsOf(around, target, call);
      carryOut(around, target, {
        plan: planInvitations({ before: null, after, mode: modeOf(how), now: call.now }),
        call,
      });
    },
    updated: (target, before, { how, call }) => {
      const after = fieldsOf(around, target, call);
      const former = fieldsOf(around, { ...target, item: before }, call);
      const plan = planInvitations({ before: former, after, mode: modeOf(how), now: call.now });
      carryOut(around, target, { plan, call });
    },
    deleted: (target, how, call) => {
      const fields = fieldsOf(around, target, call);
      const { mails, savesCopy } = planCancellations(fields, modeOf(how), call.now);
      for (const mail of mails) {
        postMail(around, mail, { call, savesCopy });
        cancelCopy(around, target, { email: mail.to.address.toLowerCase(), call });
      }
    },
    answer: (response, call, disposition) =>
      response.name === 'CancelCalendarItem'
        ? cancelled(around, response, call)
        : response.name === 'RemoveItem'
          ? removed(around, response, call)
          : answerMeeting(around, response, { call, disposition }),
  };
}

const fieldsOf = (around: PostSurroundings, { item, day }: MeetingTarget, call: Call): readonly XmlElement[] =>
  day === null ? item.fields : around.calendar.occurrence(keptOf(item), day, contextOf(around, item, call));

interface Planned {
  readonly plan: MeetingPlan;
  readonly call: Call;
}

function carryOut(around: PostSurroundings, { item, day }: MeetingTarget, { plan, call }: Planned): void {
  if (plan.mails.length === 0) return;
  const change = { fields: plan.item, series: item.series, onlyReadFlag: false };
  const meeting = day === null ? changeItem(around, item, { change, call }) : item;
  for (const mail of plan.mails) {
    const email = mail.to.address.toLowerCase();
    if (mail.kind === 'MeetingRequest') placeCopy(around, meeting, { email, call });
    else withdrawCopy(around, meeting.fields, { email, call });
    postMail(around, mail, { call, savesCopy: plan.savesCopy });
  }
}

/** One occurrence leaves the copy; of a whole meeting the copy stays, marked as cancelled. */
function cancelCopy(
  around: PostSurroundings,
  { item, day }: MeetingTarget,
  { email, call }: { email: string; call: Call },
): void {
  if (day === null) {
    withdrawCopy(around, item.fields, { email, call });
    return;
  }
  const copy = meetingIn(around, email, item.fields);
  if (copy?.series?.deleted.includes(day) !== false) return;
  const left = around.calendar.deleteOccurrence(keptOf(copy), day, contextOf(around, copy, call));
  if (left === null) around.store.removeItem(copy);
  else changeItem(around, copy, { change: { ...left, onlyReadFlag: false }, call });
}

/** What a `ReferenceItemId` names. @throws EwsRefusal ErrorItemNotFound and its kin */
function referenced(around: PostSurroundings, response: XmlElement, call: Call): MeetingTarget {
  const reference = childOf(response, 'ReferenceItemId');
  if (reference === null) throw itemNotFound();
  return itemNamed(around, { ...reference, name: 'ItemId' }, { call, need: 'modify' });
}

function cancelled(around: PostSurroundings, response: XmlElement, call: Call): readonly XmlElement[] {
  const target = referenced(around, response, call);
  const fields = fieldsOf(around, target, call);
  const { mails } = calendarValue(cancelMeeting(fields, childOf(response, 'NewBodyContent'), call.now));
  for (const mail of mails) {
    postMail(around, mail, { call, savesCopy: true });
    cancelCopy(around, target, { email: mail.to.address.toLowerCase(), call });
  }
  return [remove(around, target, call)];
}

/** `RemoveItem` on a cancellation takes the cancelled meeting out of the calendar. */
function removed(around: PostSurroundings, response: XmlElement, call: Call): readonly XmlElement[] {
  const { item } = referenced(around, response, call);
  if (item.kind !== 'MeetingCancellation') {
    throw new EwsRefusal('ErrorInvalidItemForOperationRemoveItem', 'Only cancellations can be answered by a removal.');
  }
  const copy = meetingIn(around, call.mailbox, item.fields);
  if (copy !== undefined) disposeItem(around.store, copy, { mode: 'MoveToDeletedItems', by: call });
  disposeItem(around.store, item, { mode: 'MoveToDeletedItems', by: call });
  return [];
}

function remove(around: PostSurroundings, { item, day }: MeetingTarget, call: Call): XmlElement {
  const left = day === null ? null : around.calendar.deleteOccurrence(keptOf(item), day, contextOf(around, item, call));
  const kept: ItemRecord | null =
    left === null ? null : changeItem(around, item, { change: { ...left, onlyReadFlag: false }, call });
  if (kept === null) disposeItem(around.store, item, { mode: 'MoveToDeletedItems', by: call });
  const { id, changeKey } = keptOf(kept ?? item);
  return element('CalendarItem', [element('ItemId', [], { Id: id, ChangeKey: changeKey })]);
}
