import { busyTimes, type BusyTime } from '../../calendar/view/busy-times';
import type { CalendarEntry, CalendarWindow } from '../../calendar/view/calendar-view';
import type { ItemRecord } from '../../mailbox/records';
import { EwsRefusal } from '../../soap/refusal';
import type { DirectorySurroundings } from '../directory-around';
import { freeBusyAccess, type FreeBusyAccess } from './free-busy-access';

/** When somebody is taken, as far as the one who asks may know. */
export interface FreeBusyOf {
  readonly times: readonly BusyTime<string>[];
  readonly access: Exclude<FreeBusyAccess, 'none'>;
}

export interface FreeBusyQuestion {
  /** Whose calendar, and who asks; addresses in lower case. */
  readonly email: string;
  readonly reader: string;
  readonly window: CalendarWindow;
}

/** @throws EwsRefusal ErrorMailRecipientNotFound, ErrorNoFreeBusyAccess */
export function freeBusyOf({ store }: DirectorySurroundings, { email, reader, window }: FreeBusyQuestion): FreeBusyOf {
  const calendar = store.mailboxes.has(email) ? store.distinguished(email, 'calendar') : undefined;
  if (calendar === undefined) {
    const message = `Unable to resolve e-mail address ${email} to an Active Directory object.`;
    throw new EwsRefusal('ErrorMailRecipientNotFound', message);
  }
  const access = freeBusyAccess(calendar, reader);
  if (access === 'none') {
    throw new EwsRefusal('ErrorNoFreeBusyAccess', 'The caller does not have access to the free/busy data.');
  }
  return { times: busyTimes(entriesIn(store.itemsIn(calendar.key)), window), access };
}

const entriesIn = (items: readonly ItemRecord[]): CalendarEntry<string>[] =>
  items
    .filter(({ kind, associated }) => kind === 'CalendarItem' && !associated)
    .map(({ key, fields, series }) => ({
      ref: key,
      fields,
      series: series === null ? null : { master: fields, ...series },
    }));
