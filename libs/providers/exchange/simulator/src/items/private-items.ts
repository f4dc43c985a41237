import type { Rights } from '../mailbox/access';
import { element, textOf, type XmlElement } from '../wire/element';

/** What others see of a private item: when, and no more. */
const SHOWN = new Set([
  'ItemId',
  'ParentFolderId',
  'ItemClass',
  'Sensitivity',
  'DateTimeCreated',
  'LastModifiedTime',
  'EffectiveRights',
  'Start',
  'End',
  'OriginalStart',
  'IsAllDayEvent',
  'LegacyFreeBusyStatus',
  'IsRecurring',
  'CalendarItemType',
  'Recurrence',
  'FirstOccurrence',
  'LastOccurrence',
  'ModifiedOccurrences',
  'DeletedOccurrences',
  'StartTimeZone',
  'EndTimeZone',
  'InstanceKey',
]);

/** Whether an item hides its content from somebody with these rights. */
export function isMasked(whole: XmlElement, { viewPrivate }: Rights): boolean {
  const sensitivity = textOf(whole, 'Sensitivity');
  return !viewPrivate && (sensitivity === 'Private' || sensitivity === 'Confidential');
}

/** A private item as others see it. */
export const masked = (whole: XmlElement): XmlElement => ({
  ...whole,
  children: [
    ...whole.children.filter(({ name }) => SHOWN.has(name)),
    element('Subject', whole.name === 'CalendarItem' ? 'Private Appointment' : 'Private'),
  ],
});
