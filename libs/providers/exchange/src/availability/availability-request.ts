import { formatInstant, type Instant } from '@daybook/domain';
import type { AvailabilityRequest } from '@daybook/provider-port';
import type { EwsOperation } from '../transport/ews-client';
import { type Markup, markup } from '../transport/markup';
import { list, record, text } from '../transport/record-shape';

const MINUTE = 60_000;
/** What one digit of `MergedFreeBusy` stands for. */
export const INTERVAL_MS = 15 * MINUTE;
/** What one request may ask for. */
export const LIMITS = { addresses: 100, days: 62 };
const LONGEST_MERGED = (LIMITS.days * 1440 * MINUTE) / INTERVAL_MS + 1;

const VIEW = record({
  FreeBusyViewType: text(40),
  MergedFreeBusy: text(LONGEST_MERGED),
  CalendarEventArray: list({ CalendarEvent: record({ StartTime: text(40), EndTime: text(40), BusyType: text(40) }) }),
});

/**
 * When people are taken. A view without details is asked for, and nothing else of what may come is read: subjects and places
 * never get in. Times are asked for and told in the zone that the request says, which is UTC: a zone without any change.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getuseravailability-operation.
 */
export function getUserAvailability({ addresses, from, to }: AvailabilityRequest): EwsOperation {
  const window = markup('t:TimeWindow', {}, [
    markup('t:StartTime', {}, wallTime(from)),
    markup('t:EndTime', {}, wallTime(to)),
  ]);
  return {
    name: 'GetUserAvailability',
    toldOf: { list: 'FreeBusyResponseArray', entry: 'FreeBusyResponse' },
    content: { FreeBusyView: VIEW },
    request: () =>
      markup('m:GetUserAvailabilityRequest', {}, [
        UTC,
        markup('m:MailboxDataArray', {}, addresses.map(mailbox)),
        markup('t:FreeBusyViewOptions', {}, [
          window,
          markup('t:MergedFreeBusyIntervalInMinutes', {}, String(INTERVAL_MS / MINUTE)),
          markup('t:RequestedView', {}, 'FreeBusyMerged'),
        ]),
      ]),
  };
}

const mailbox = (address: string): Markup =>
  markup('t:MailboxData', {}, [
    markup('t:Email', {}, [markup('t:Address', {}, address)]),
    markup('t:AttendeeType', {}, 'Required'),
  ]);

/** `2026-11-23T09:00:00`: the schema has no place for an offset here. */
const wallTime = (instant: Instant): string => formatInstant(instant).slice(0, 19);

/** Month 0 is how Windows says that clocks never change. */
const never = (name: string): Markup =>
  markup(name, {}, [
    markup('t:Bias', {}, '0'),
    markup('t:Time', {}, '00:00:00'),
    markup('t:DayOrder', {}, '0'),
    markup('t:Month', {}, '0'),
    markup('t:DayOfWeek', {}, 'Sunday'),
  ]);

const UTC = markup('t:TimeZone', {}, [markup('t:Bias', {}, '0'), never('t:StandardTime'), never('t:DaylightTime')]);
