import { instantOf, type MeetingTime } from '@daybook/domain';
import { type ProviderAccess, type ProviderHttp, type ProviderHttpResponse } from '@daybook/provider-port';
import {
  element,
  type RunningExchangeSimulator,
  type ServerSettings,
  startExchangeSimulator,
  textOf,
  type XmlElement,
} from '@daybook/providers/exchange-simulator';
import {
  type ConformanceMailbox,
  type ConformanceSubject,
  describeCalendarConformance,
  guardedHttpTo,
  type PlainEvent,
} from '@daybook/testing/conformance';
import { FakeLog } from '@daybook/testing/fakes';
import { createExchangeProvider } from './exchange.provider';
import { writeAccess } from './transport/access-text';

const ADDRESS = 'ada@example.com';
const READER = 'ben@example.com';
/** Somebody whose administrator lets this program see no folder. */
const LOCKED = 'cleo@example.com';
const PASSWORD = 'daybook';
const ZONE = 'W. Europe Standard Time';
const WINDOWS: Readonly<Record<string, string>> = {
  'Europe/Berlin': ZONE,
  'Asia/Tokyo': 'Tokyo Standard Time',
  'America/New_York': 'Eastern Standard Time',
};
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const DAY = 86_400_000;

type Control = RunningExchangeSimulator['control'];
type Fields = readonly XmlElement[];

const dayOf = (time: MeetingTime): string => ('date' in time ? time.date : time.dateTime.slice(0, 10));

/** Midnights of all-day meetings are those of Berlin. */
const at = (time: MeetingTime): string =>
  new Date(
    instantOf('date' in time ? { dateTime: `${time.date}T00:00:00`, timeZone: 'Europe/Berlin' } : time),
  ).toISOString();

const zone = (name: string, time: MeetingTime): XmlElement =>
  element(name, [], { Id: 'date' in time ? ZONE : (WINDOWS[time.timeZone] ?? ZONE) });

/** The few rules of these cases, in Exchange's words, not by the adapter's own hand. */
function recurrenceOf([line = '']: readonly string[], start: MeetingTime): XmlElement {
  const [, freq, count] = /^RRULE:FREQ=(DAILY|WEEKLY)(?:;COUNT=(\d+))?$/.exec(line) ?? [];
  const begin = element('StartDate', dayOf(start));
  const every = element('Interval', 1);
  const weekday = WEEKDAYS[new Date(dayOf(start)).getUTCDay()];
  if (freq === undefined || weekday === undefined) throw new Error(`no words of Exchange for ${line}`);
  const weekly = [every, element('DaysOfWeek', weekday), element('FirstDayOfWeek', 'Monday')];
  return element('Recurrence', [
    freq === 'DAILY' ? element('DailyRecurrence', [every]) : element('WeeklyRecurrence', weekly),
    count === undefined
      ? element('NoEndRecurrence', [begin])
      : element('NumberedRecurrence', [begin, element('NumberOfOccurrences', count)]),
  ]);
}

const fieldsOf = ({ title, start, end, lines }: Omit<PlainEvent, 'title'> & { title?: string }): Fields => [
  ...(title === undefined ? [] : [element('Subject', title)]),
  element('Start', at(start)),
  element('End', at(end)),
  element('IsAllDayEvent', 'date' in start),
  ...(lines ? [recurrenceOf(lines, start)] : []),
  zone('StartTimeZone', start),
  zone('EndTimeZone', end),
];

const idOf = (item: XmlElement): string => item.children.find(({ name }) => name === 'ItemId')?.attributes['Id'] ?? '';

function mailboxOf(control: Control): ConformanceMailbox {
  const calendarRemoteId = control.mailboxes().find(({ email }) => email === ADDRESS)?.calendars[0]?.id ?? '';
  const occurrence = (seriesRemoteId: string, original: MeetingTime): string => {
    const stood = Date.parse(at(original));
    const uid = textOf(control.item(ADDRESS, seriesRemoteId), 'UID');
    const found = control
      .agenda(ADDRESS, stood - DAY, stood + DAY)
      .find((item) => textOf(item, 'UID') === uid && Date.parse(textOf(item, 'OriginalStart') ?? '') === stood);
    if (found === undefined) throw new Error(`no occurrence of ${seriesRemoteId} at ${JSON.stringify(original)}`);
    return idOf(found);
  };
  return {
    calendarRemoteId,
    add: (event) => control.createItem(ADDRESS, element('CalendarItem', fieldsOf(event))),
    addWithForeignZone: async (title, civilStart, timeZone) => {
      const end = new Date(Date.parse(`${civilStart}Z`) + 3_600_000).toISOString().slice(0, 19);
      const zones = ['StartTimeZone', 'EndTimeZone'].map((name) => element(name, [], { Id: timeZone }));
      const times = [element('Start', civilStart), element('End', end)];
      await control.createItem(ADDRESS, element('CalendarItem', [element('Subject', title), ...times, ...zones]));
    },
    change: (remoteId, to) => control.updateItem(ADDRESS, remoteId, { set: fieldsOf(to) }),
    // As people do it: what they delete lies in the bin.
    remove: (remoteId) => control.deleteItem(ADDRESS, remoteId, { mode: 'MoveToDeletedItems' }),
    moveOccurrence: (series, original, to) =>
      control.updateItem(ADDRESS, occurrence(series, original), { set: fieldsOf(to) }),
    cancelOccurrence: (series, original) => control.deleteItem(ADDRESS, occurrence(series, original)),
    addCalendar: (name) => control.createCalendar(ADDRESS, name),
    adorn: (remoteId) =>
      control.updateItem(ADDRESS, remoteId, {
        set: [element('Categories', [element('String', 'Red category')]), element('ReminderMinutesBeforeStart', 7)],
      }),
    isAdorned: async (remoteId) => {
      const item = control.item(ADDRESS, remoteId);
      const categories = item?.children.find(({ name }) => name === 'Categories')?.children.map(({ text }) => text);
      return textOf(item, 'ReminderMinutesBeforeStart') === '7' && String(categories) === 'Red category';
    },
    setBusy: (remoteId, isBusy) =>
      control.updateItem(ADDRESS, remoteId, { set: [element('LegacyFreeBusyStatus', isBusy ? 'Busy' : 'Free')] }),
    mailed: async () => control.ledger(ADDRESS).mails.map(({ to }) => to),
    // A connection that drops at once is what a write sees that never arrived.
    fault: (kind, times) =>
      control.addFault({ kind: kind === 'timeout_before_write' ? 'cut' : kind, email: ADDRESS, times }),
    calm: () => control.clearFaults(),
    withdraw: () => control.setPassword(ADDRESS, 'changed'),
  };
}

/** What such a mailbox answers to everything. */
function accessDenied(): ProviderHttpResponse {
  const message = `<m:GetFolderResponseMessage ResponseClass="Error"><m:ResponseCode>ErrorAccessDenied</m:ResponseCode></m:GetFolderResponseMessage>`;
  const body = `<m:GetFolderResponse><m:ResponseMessages>${message}</m:ResponseMessages></m:GetFolderResponse>`;
  const text = `<s:Envelope xmlns:s="s" xmlns:m="m"><s:Body>${body}</s:Body></s:Envelope>`;
  return { status: 200, headers: {}, body: Buffer.from(text), text: () => text, json: () => null };
}

interface Server {
  readonly settings: Partial<ServerSettings>;
  /** The schema that requests are written in. */
  readonly version: string;
}

async function start({ settings, version }: Server): Promise<ConformanceSubject> {
  const simulator = await startExchangeSimulator({ settings });
  const { baseUrl, control } = simulator;
  control.createMailbox({ email: ADDRESS, timeZone: 'Europe/Berlin' });
  control.createMailbox({ email: READER, timeZone: 'Europe/Berlin' });
  const wire = guardedHttpTo(baseUrl);
  const http: ProviderHttp = {
    request: (request) =>
      request.credentials?.user === LOCKED ? Promise.resolve(accessDenied()) : wire.request(request),
    stream: (request, until) => wire.stream(request, until),
  };
  const provider = createExchangeProvider({
    http,
    clock: { now: () => control.now() },
    log: new FakeLog(),
    findServers: { srv: async () => [] },
    autodiscoverHosts: [],
  });
  const accessOf = (user: string): ProviderAccess =>
    writeAccess({
      url: `${baseUrl}/EWS/Exchange.asmx`,
      user,
      domain: null,
      password: PASSWORD,
      version,
    });
  return {
    provider,
    mailbox: mailboxOf(control),
    address: ADDRESS,
    answers: 'its',
    access: async () => accessOf(ADDRESS),
    accessToRead: async () => {
      await control.share(ADDRESS, READER, 'Reviewer');
      return accessOf(READER);
    },
    accessWithoutCalendar: async () => accessOf(LOCKED),
    accessOfColleague: async () => accessOf(READER),
    refreshToken: async () => accessOf(ADDRESS).token,
    form: { email: ADDRESS, password: PASSWORD, url: `${baseUrl}/EWS/Exchange.asmx` },
    nextHook: () => Promise.reject(new Error('Exchange calls no hook')),
    close: async () => {
      await wire.close();
      await simulator.close();
    },
  };
}

describeCalendarConformance({
  name: 'Exchange',
  start: () => start({ settings: { signIn: ['Basic'] }, version: 'Exchange2013_SP1' }),
});
describeCalendarConformance({
  name: 'Exchange 2010 with NTLM',
  start: () => start({ settings: { signIn: ['NTLM'], version: '2010' }, version: 'Exchange2010_SP2' }),
});
