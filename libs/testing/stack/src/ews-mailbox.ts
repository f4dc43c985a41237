import { resolveZone, toInstant } from '@daybook/domain';
import { httpCall } from './http-call';
import { SimulatedMailbox, type SimulatorAddresses, type Span } from './simulated-mailbox';

const DAY_MS = 86_400_000;
/** A view gives at most a thousand rows: it is asked for in pieces that hold fewer. */
const PIECE_MS = 30 * DAY_MS;
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';

const NOTE =
  '<t:ExtendedFieldURI PropertySetId="4b1f3c52-7d0a-4e58-9f63-2a6c8d1e90b7" PropertyName="DaybookNote" PropertyType="String"/>';
const ADDED = `<t:AdditionalProperties><t:FieldURI FieldURI="calendar:OriginalStart"/>${NOTE}</t:AdditionalProperties>`;

/** A civil time in a zone by its Windows name. */
export interface EwsTime {
  readonly dateTime: string;
  readonly zone: string;
}

export interface NewEwsEvent {
  readonly subject: string;
  readonly start: EwsTime;
  readonly end: EwsTime;
  readonly location?: string;
  /** HTML, as Outlook writes it. */
  readonly body?: string;
  /** The element of that name, in the schema's types. */
  readonly recurrence?: string;
  readonly uid?: string;
}

export interface EwsEvent {
  readonly id: string;
  readonly subject: string;
  /** An instant, or the date of an all-day one. */
  readonly start: string;
  readonly end: string;
  readonly location: string;
  readonly body: string;
  readonly page: string;
  /** The same of a series and all its occurrences. */
  readonly uid: string;
  readonly type: string;
  /** Of an occurrence, an instant: when it was to start. */
  readonly originalStart: string | null;
  /** What Daybook notes on it, as JSON; empty where nothing is. */
  readonly note: string;
}

/** A simulated mailbox at Exchange: changes go over its web services with the password, as another client's would. */
export class EwsMailbox extends SimulatedMailbox {
  constructor(addresses: SimulatorAddresses, email: string, password?: string) {
    super(addresses, email, 'exchange', '', password);
  }

  /** Where a person points a client. */
  get url(): string {
    return `${this.addresses.exchange}/EWS/Exchange.asmx`;
  }

  async occurrences(span: Span): Promise<string[]> {
    return (await this.view(span)).map(({ subject, start, end }) => `${start} ${end} ${subject}`).sort();
  }

  /** What takes place in the default calendar, series expanded. */
  async view({ from, to }: Span): Promise<EwsEvent[]> {
    const found = new Map<string, EwsEvent>();
    for (let start = Date.parse(from); start < Date.parse(to); start += PIECE_MS) {
      const end = Math.min(start + PIECE_MS, Date.parse(to));
      const span = `StartDate="${new Date(start).toISOString()}" EndDate="${new Date(end).toISOString()}"`;
      for (const event of await this.find(`<m:CalendarView MaxEntriesReturned="1000" ${span}/>`)) {
        found.set(event.id, event);
      }
    }
    return [...found.values()];
  }

  /** Singles and series. */
  list(): Promise<EwsEvent[]> {
    return this.find('<m:IndexedPageItemView MaxEntriesReturned="1000" Offset="0" BasePoint="Beginning"/>');
  }

  /** Singles and series with this subject, whole. */
  async named(subject: string): Promise<EwsEvent[]> {
    const found = (await this.list()).filter((event) => event.subject === subject);
    return Promise.all(found.map(({ id }) => this.read(`<t:ItemId Id="${id}"/>`)));
  }

  /** A new event of the default calendar. */
  async insert({ subject, start, end, location, body, recurrence = '', uid }: NewEwsEvent): Promise<EwsEvent> {
    const zones = `<t:StartTimeZone Id="${start.zone}"/><t:EndTimeZone Id="${end.zone}"/>`;
    const text = body === undefined ? '' : `<t:Body BodyType="HTML">${escaped(body)}</t:Body>`;
    const name = uid === undefined ? '' : `<t:UID>${escaped(uid)}</t:UID>`;
    const place = location === undefined ? '' : `<t:Location>${escaped(location)}</t:Location>`;
    // In the order of the schema, which a server insists on.
    const what = `<t:Subject>${escaped(subject)}</t:Subject>${text}${name}`;
    const fields = `${what}${times(start, end)}${place}${recurrence}${zones}`;
    const item = `<m:Items><t:CalendarItem>${fields}</t:CalendarItem></m:Items>`;
    const answer = await this.soap(
      'CreateItem',
      `<m:CreateItem SendMeetingInvitations="SendToNone">${calendar('m:SavedItemFolderId')}${item}</m:CreateItem>`,
    );
    return this.read(`<t:ItemId Id="${attribute(answer, 'ItemId', 'Id')}"/>`);
  }

  /** The occurrence with this number, from one, as the rule has it. */
  occurrence(seriesId: string, number: number): Promise<EwsEvent> {
    return this.read(`<t:OccurrenceItemId RecurringMasterId="${seriesId}" InstanceIndex="${number}"/>`);
  }

  /** The id may be an occurrence's. */
  async patch(
    id: string,
    { subject, start, end }: { subject?: string; start?: EwsTime; end?: EwsTime },
  ): Promise<void> {
    const field = (name: string, path: string, value: string) =>
      `<t:SetItemField><t:FieldURI FieldURI="${path}"/><t:CalendarItem><t:${name}>${value}</t:${name}></t:CalendarItem></t:SetItemField>`;
    const updates = [
      ...(subject === undefined ? [] : [field('Subject', 'item:Subject', escaped(subject))]),
      ...(start === undefined ? [] : [field('Start', 'calendar:Start', instant(start))]),
      ...(end === undefined ? [] : [field('End', 'calendar:End', instant(end))]),
    ].join('');
    const change = `<t:ItemChange><t:ItemId Id="${id}"/><t:Updates>${updates}</t:Updates></t:ItemChange>`;
    await this.soap(
      'UpdateItem',
      '<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone">' +
        `<m:ItemChanges>${change}</m:ItemChanges></m:UpdateItem>`,
    );
  }

  async remove(id: string): Promise<void> {
    await this.soap(
      'DeleteItem',
      '<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="SendToNone" AffectedTaskOccurrences="AllOccurrences">' +
        `<m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:DeleteItem>`,
    );
  }

  private async find(view: string): Promise<EwsEvent[]> {
    const shape = `<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape>${ADDED}</m:ItemShape>`;
    const body = `<m:FindItem Traversal="Shallow">${shape}${view}${calendar('m:ParentFolderIds')}</m:FindItem>`;
    return itemsIn(await this.soap('FindItem', body));
  }

  private async read(id: string): Promise<EwsEvent> {
    const shape = `<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:BodyType>Text</t:BodyType></m:ItemShape>`;
    const [event] = itemsIn(await this.soap('GetItem', `<m:GetItem>${shape}<m:ItemIds>${id}</m:ItemIds></m:GetItem>`));
    if (event === undefined) throw new Error(`nothing under ${id}`);
    return event;
  }

  /** @throws Error for anything but a success */
  private async soap(operation: string, body: string): Promise<string> {
    const credentials = Buffer.from(`${this.email}:${this.password}`).toString('base64');
    const answer = await httpCall(this.url, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'text/xml; charset=utf-8' },
      body:
        `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="${TYPES}" xmlns:m="${MESSAGES}">` +
        `<s:Header><t:RequestServerVersion Version="Exchange2013_SP1"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`,
    });
    if (answer.status !== 200 || !answer.text.includes('ResponseClass="Success"')) {
      throw new Error(`${operation}: ${answer.status} ${answer.text.slice(0, 2000)}`);
    }
    return answer.text;
  }
}

const calendar = (element: string): string => `<${element}><t:DistinguishedFolderId Id="calendar"/></${element}>`;
const times = (start: EwsTime, end: EwsTime): string =>
  `<t:Start>${instant(start)}</t:Start><t:End>${instant(end)}</t:End>`;

function instant({ dateTime, zone }: EwsTime): string {
  return new Date(toInstant(dateTime, ianaOf(zone))).toISOString();
}

function ianaOf(windowsId: string): string {
  const { zone } = resolveZone(windowsId);
  if (zone === null) throw new Error(`no zone is called ${windowsId}`);
  return zone;
}

function itemsIn(answer: string): EwsEvent[] {
  return [...answer.matchAll(/<(?:\w+:)?CalendarItem>([\s\S]*?)<\/(?:\w+:)?CalendarItem>/g)].map(([, item = '']) => {
    const allDay = text(item, 'IsAllDayEvent') === 'true';
    const zone = allDay ? ianaOf(attribute(item, 'StartTimeZone', 'Id')) : '';
    const shown = (name: string) => {
      const at = new Date(text(item, name));
      return allDay ? new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at) : at.toISOString();
    };
    return {
      id: attribute(item, 'ItemId', 'Id'),
      subject: text(item, 'Subject'),
      start: shown('Start'),
      end: shown('End'),
      location: text(item, 'Location'),
      body: text(item, 'Body'),
      page: text(item, 'WebClientReadFormQueryString'),
      uid: text(item, 'UID'),
      type: text(item, 'CalendarItemType'),
      originalStart: isOccurrence(text(item, 'CalendarItemType'))
        ? new Date(text(item, 'OriginalStart')).toISOString()
        : null,
      note: text(item, 'Value'),
    };
  });
}

const isOccurrence = (type: string): boolean => type === 'Occurrence' || type === 'Exception';

function text(xml: string, name: string): string {
  return unescaped(new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)<`).exec(xml)?.[1] ?? '');
}

function attribute(xml: string, element: string, name: string): string {
  return unescaped(new RegExp(`<(?:\\w+:)?${element} (?:[^>]* )?${name}="([^"]*)"`).exec(xml)?.[1] ?? '');
}

const escaped = (value: string): string =>
  value.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

function unescaped(value: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return value.replace(/&(?:#(\d+)|#x([\da-f]+)|(amp|lt|gt|quot|apos));/gi, (_, decimal, hex, name: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return signs[name] ?? '';
  });
}
