import { readDateTime } from '../../calendar/zones/date-texts';
import { readZone } from '../../calendar/zones/read-zone';
import type { CalendarZone } from '../../calendar/zones/calendar-zone';
import type { CalendarWindow } from '../../calendar/view/calendar-view';
import type { Call } from '../../soap/operation';
import { EwsFault } from '../../soap/refusal';
import { childOf, textOf, type XmlElement } from '../../wire/element';

/** Views from the least to the most they tell; the `Merged` ones hold one digit for each interval as well. */
export type FreeBusyKind = 'None' | 'MergedOnly' | 'FreeBusy' | 'FreeBusyMerged' | 'Detailed' | 'DetailedMerged';

const KINDS: readonly FreeBusyKind[] = [
  'None',
  'MergedOnly',
  'FreeBusy',
  'FreeBusyMerged',
  'Detailed',
  'DetailedMerged',
];

export interface FreeBusyWish {
  readonly zone: CalendarZone;
  readonly window: CalendarWindow;
  readonly kind: FreeBusyKind;
  /** Minutes for each digit of MergedFreeBusy. */
  readonly interval: number;
}

const MOST_MAILBOXES = 100;
/** https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-get-free-busy-information-by-using-ews-in-exchange */
const LONGEST = 62 * 86_400_000;
const USUAL_INTERVAL = 30;

const fault = (code: string, message: string): EwsFault => new EwsFault(code, message);

/** Addresses in lower case, in the order of the request. @throws EwsFault ErrorMailboxDataArrayEmpty, ErrorMailboxDataArrayTooBig */
export function mailboxesIn(request: XmlElement): readonly string[] {
  const asked = childOf(request, 'MailboxDataArray')?.children ?? [];
  if (asked.length === 0) throw fault('ErrorMailboxDataArrayEmpty', 'There are no mailboxes in the request.');
  if (asked.length > MOST_MAILBOXES) {
    throw fault('ErrorMailboxDataArrayTooBig', `At most ${MOST_MAILBOXES} mailboxes can be asked for.`);
  }
  return asked.map((one) => textOf(childOf(one, 'Email'), 'Address')?.trim().toLowerCase() ?? '');
}

/** @throws EwsFault ErrorTimeZone when neither the request nor its header says a zone that can be read */
export function zoneOfRequest(request: XmlElement, { timeZone }: Call): CalendarZone {
  const given = childOf(request, 'TimeZone') ?? timeZone;
  const zone = given === null ? null : readZone(given);
  if (zone === null || !zone.ok) throw fault('ErrorTimeZone', 'The specified time zone is not valid.');
  return zone.value;
}

/** What `FreeBusyViewOptions` asks for. @throws EwsFault ErrorInvalidTimeInterval, ErrorTimeIntervalTooBig, ErrorInvalidFreeBusyViewType */
export function freeBusyWish(options: XmlElement, zone: CalendarZone): FreeBusyWish {
  const kind = KINDS.find((one) => one === (textOf(options, 'RequestedView') ?? 'FreeBusyMerged'));
  if (kind === undefined || kind === 'None') {
    throw fault('ErrorInvalidFreeBusyViewType', 'The requested free/busy view is not valid.');
  }
  return {
    zone,
    window: windowOf(childOf(options, 'TimeWindow'), zone),
    kind,
    interval: Number(textOf(options, 'MergedFreeBusyIntervalInMinutes') ?? USUAL_INTERVAL),
  };
}

/** @throws EwsFault ErrorInvalidTimeInterval, ErrorTimeIntervalTooBig */
export function windowOf(duration: XmlElement | null, zone: CalendarZone): CalendarWindow {
  const [from, to] = ['StartTime', 'EndTime'].map((name) => readDateTime(textOf(duration, name) ?? '', zone));
  if (typeof from !== 'number' || typeof to !== 'number' || to <= from) {
    throw fault('ErrorInvalidTimeInterval', 'The requested time window must end after it starts.');
  }
  if (to - from > LONGEST) {
    throw fault('ErrorTimeIntervalTooBig', 'The requested time window is too long. The limit is 62 days.');
  }
  return { from, to };
}
