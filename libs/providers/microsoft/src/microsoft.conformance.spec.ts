import { instantOf, type MeetingTime } from '@daybook/domain';
import type { HookReading, HookRequest, Provider } from '@daybook/provider-port';
import { type RunningMicrosoftSimulator, startMicrosoftSimulator } from '@daybook/providers/microsoft-simulator';
import {
  type ConformanceMailbox,
  type ConformanceSubject,
  describeCalendarConformance,
  guardedHttpTo,
  openHookInbox,
  type PlainEvent,
} from '@daybook/testing/conformance';
import { FakeLog } from '@daybook/testing/fakes';
import { createMicrosoftProvider } from './microsoft.provider';

const ADDRESS = 'ada@example.com';
const COLLEAGUE = 'ben@example.com';
const ZONE = 'W. Europe Standard Time';
const WRITE = 'openid profile email offline_access User.Read MailboxSettings.Read Calendars.ReadWrite';
const READ = 'User.Read MailboxSettings.Read Calendars.Read';
const ONE_REMINDER = { categories: ['Red category'], reminderMinutesBeforeStart: 7 };
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

type Control = RunningMicrosoftSimulator['control'];
type Body = Parameters<Control['insertEvent']>[1];
type Recurrence = Body['recurrence'];

const timeOf = (time: MeetingTime) =>
  'date' in time
    ? { dateTime: `${time.date}T00:00:00`, timeZone: ZONE }
    : { dateTime: time.dateTime, timeZone: time.timeZone };

const dayOf = (time: MeetingTime): string => ('date' in time ? time.date : time.dateTime.slice(0, 10));

/** The few rules of these cases, in Outlook's words, not by the adapter's own hand. */
function recurrenceOf([line = '']: readonly string[], start: MeetingTime): Recurrence {
  const [, freq, count] = /^RRULE:FREQ=(DAILY|WEEKLY)(?:;COUNT=(\d+))?$/.exec(line) ?? [];
  const startDate = dayOf(start);
  const weekday = WEEKDAYS[new Date(startDate).getUTCDay()];
  if (freq === undefined || weekday === undefined) throw new Error(`no Outlook words for ${line}`);
  const days = freq === 'DAILY' ? { type: 'daily' as const } : { type: 'weekly' as const, daysOfWeek: [weekday] };
  const end =
    count === undefined
      ? { type: 'noEnd' as const }
      : { type: 'numbered' as const, numberOfOccurrences: Number(count) };
  return { pattern: { interval: 1, ...days }, range: { startDate, recurrenceTimeZone: ZONE, ...end } };
}

const body = ({ title, start, end, lines }: Omit<PlainEvent, 'title'> & { title?: string }): Body => ({
  ...(title === undefined ? {} : { subject: title }),
  start: timeOf(start),
  end: timeOf(end),
  isAllDay: 'date' in start,
  ...(lines ? { recurrence: recurrenceOf(lines, start) } : {}),
});

function mailboxOf(control: Control): ConformanceMailbox {
  const calendarRemoteId = control.mailboxes()[0]?.calendars.find(({ isDefault }) => isDefault)?.id ?? '';
  const occurrence = (seriesRemoteId: string, original: MeetingTime): string => {
    const [midnight, timeZone] = [`${dayOf(original)}T00:00:00`, 'Europe/Berlin'];
    const stood = instantOf('date' in original ? { dateTime: midnight, timeZone } : original);
    const occurrences = control.instances(ADDRESS, seriesRemoteId);
    const found = occurrences.find(({ originalStart }) => Date.parse(String(originalStart)) === stood);
    if (found === undefined) throw new Error(`no occurrence of ${seriesRemoteId} at ${JSON.stringify(original)}`);
    return found.id;
  };
  return {
    calendarRemoteId,
    add: async (event) => control.insertEvent(ADDRESS, body(event)).id,
    addWithForeignZone: async (title, civilStart, timeZone) => {
      const end = new Date(Date.parse(`${civilStart}Z`) + 3_600_000).toISOString().slice(0, 19);
      const [from, to] = [civilStart, end].map((dateTime) => ({ dateTime, timeZone }));
      control.insertEvent(ADDRESS, { subject: title, start: from, end: to });
    },
    change: async (remoteId, to) => void control.updateEvent(ADDRESS, remoteId, body(to)),
    remove: async (remoteId) => control.deleteEvent(ADDRESS, remoteId),
    moveOccurrence: async (series, at, to) => void control.updateEvent(ADDRESS, occurrence(series, at), body(to)),
    cancelOccurrence: async (series, at) => control.deleteEvent(ADDRESS, occurrence(series, at)),
    addCalendar: async (name) => control.createCalendar(ADDRESS, name),
    adorn: async (remoteId) => void control.updateEvent(ADDRESS, remoteId, ONE_REMINDER),
    isAdorned: async (remoteId) => {
      const event = control.event(ADDRESS, remoteId);
      return event?.['reminderMinutesBeforeStart'] === 7 && String(event['categories']) === 'Red category';
    },
    setBusy: async (remoteId, isBusy) =>
      void control.updateEvent(ADDRESS, remoteId, { showAs: isBusy ? 'busy' : 'free' }),
    mailed: async () => control.ledger(ADDRESS).mails.map(({ to }) => to),
    // A connection that drops at once is what a write sees that never arrived.
    fault: (kind, times) =>
      control.addFault({ kind: kind === 'timeout_before_write' ? 'cut' : kind, email: ADDRESS, times }),
    calm: () => control.clearFaults(),
    withdraw: () => control.revokeGrants(ADDRESS),
  };
}

async function start(): Promise<ConformanceSubject> {
  const simulator = await startMicrosoftSimulator();
  const { control } = simulator;
  control.createMailbox({ email: ADDRESS, timeZone: 'Europe/Berlin' });
  control.createMailbox({ email: COLLEAGUE, timeZone: 'Europe/Berlin' });
  const http = guardedHttpTo(simulator.baseUrl);
  const opened: { provider?: Provider } = {};
  // Graph asks an address whether it wants to be called before it opens a subscription.
  const read = (call: HookRequest): HookReading =>
    opened.provider?.notifications?.read(call) ?? { type: 'unreadable', answer: { status: 500 } };
  const inbox = await openHookInbox(read);
  const provider = createMicrosoftProvider({
    http,
    clock: { now: () => control.now() },
    log: new FakeLog(),
    clientId: 'daybook-local',
    clientSecret: 'daybook-local-secret',
    loginUrl: simulator.baseUrl,
    graphUrl: simulator.baseUrl,
    hookAddress: inbox.address,
  });
  opened.provider = provider;
  return {
    provider,
    mailbox: mailboxOf(control),
    address: ADDRESS,
    answers: 'its',
    access: async () => ({ token: control.issueToken(ADDRESS, WRITE).accessToken }),
    accessToRead: async () => ({ token: control.issueToken(ADDRESS, READ).accessToken }),
    accessWithoutCalendar: async () => ({ token: control.issueToken(ADDRESS, 'User.Read').accessToken }),
    accessOfColleague: async () => ({ token: control.issueToken(COLLEAGUE, READ).accessToken }),
    refreshToken: async () => control.issueGrant(ADDRESS, WRITE).refreshToken,
    nextHook: () => inbox.next(),
    close: async () => {
      await http.close();
      await inbox.close();
      await simulator.close();
    },
  };
}

describeCalendarConformance({ name: 'Microsoft', start });
