import type { ItemRecord } from '../mailbox/records';
import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import type { XmlElement } from '../wire/element';

/** A calendar item, or one occurrence of it, that is written to. */
export interface MeetingTarget {
  readonly item: ItemRecord;
  /** Civil date of its original start (`2026-11-23`); null for the item as a whole. */
  readonly day: string | null;
}

/** What follows from writes to calendar items: invitations, cancellations, answers. Each of them may refuse by an `EwsRefusal`. */
export interface MeetingDesk {
  /** `how` is a value of `CalendarItemCreateOrDeleteOperationType`. */
  created(target: MeetingTarget, how: string, call: Call): void;
  /** `how` is a value of `CalendarItemUpdateOperationType`. */
  updated(target: MeetingTarget, before: ItemRecord, how: { readonly how: string; readonly call: Call }): void;
  /** Told before the item goes. */
  deleted(target: MeetingTarget, how: string, call: Call): void;
  /** `AcceptItem`, `CancelCalendarItem` and their kin in a `CreateItem`; what its answer lists as `Items`. */
  answer(response: XmlElement, call: Call, disposition: string): readonly XmlElement[];
}

/** Sends nothing and answers nothing. */
export const noMeetings: MeetingDesk = {
  created: () => undefined,
  updated: () => undefined,
  deleted: () => undefined,
  answer: () => {
    throw new EwsRefusal('ErrorInvalidOperation', 'Meetings cannot be answered here.');
  },
};
