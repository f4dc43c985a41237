import { instantOf, type MeetingTime, originalStartKey } from '@daybook/domain';
import { type RunningGoogleSimulator, startGoogleSimulator } from '@daybook/providers/google-simulator';
import {
  type ConformanceMailbox,
  type ConformanceSubject,
  describeCalendarConformance,
  guardedHttpTo,
  openHookInbox,
  type PlainEvent,
} from '@daybook/testing/conformance';
import { FakeLog } from '@daybook/testing/fakes';
import { createGoogleProvider } from './google.provider';

const ADDRESS = 'ada@example.com';
const COLLEAGUE = 'ben@example.com';
const SCOPES = 'https://www.googleapis.com/auth/calendar';
const ONE_REMINDER = { useDefault: false, overrides: [{ method: 'popup' as const, minutes: 7 }] };

type Control = RunningGoogleSimulator['control'];

const body = ({ title, start, end, lines }: PlainEvent) => ({
  summary: title,
  start,
  end,
  ...(lines ? { recurrence: [...lines] } : {}),
});

function importedWith(title: string, civilStart: string, foreignZone: string): string {
  const start = civilStart.replace(/[-:]/g, '');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Another program//EN',
    'BEGIN:VEVENT',
    'UID:foreign-1@example.com',
    'DTSTAMP:20261101T000000Z',
    `DTSTART;TZID=${foreignZone}:${start}`,
    'DURATION:PT1H',
    `SUMMARY:${title}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

function mailboxOf(control: Control): ConformanceMailbox {
  /** As a person does it: the instance's id is the series' with the original start. */
  const instanceId = (seriesRemoteId: string, original: MeetingTime): string =>
    `${seriesRemoteId}_${originalStartKey('date' in original ? original : { instant: instantOf(original) })}`;
  return {
    calendarRemoteId: ADDRESS,
    add: async (event) => control.insertEvent(ADDRESS, body(event)).id,
    addWithForeignZone: async (title, civilStart, foreignZone) => {
      control.importIcs(ADDRESS, importedWith(title, civilStart, foreignZone));
    },
    change: async (remoteId, { title, start, end }) => {
      control.updateEvent(ADDRESS, remoteId, { ...(title === undefined ? {} : { summary: title }), start, end });
    },
    remove: async (remoteId) => control.deleteEvent(ADDRESS, remoteId),
    moveOccurrence: async (series, at, { title, start, end }) => {
      const patch = { ...(title === undefined ? {} : { summary: title }), start, end };
      control.updateEvent(ADDRESS, instanceId(series, at), patch);
    },
    cancelOccurrence: async (series, at) => control.deleteEvent(ADDRESS, instanceId(series, at)),
    addCalendar: async (name) => control.createCalendar(ADDRESS, { summary: name }),
    adorn: async (remoteId) => {
      control.updateEvent(ADDRESS, remoteId, { colorId: '11', reminders: ONE_REMINDER });
    },
    isAdorned: async (remoteId) => {
      const event = control.event(ADDRESS, remoteId);
      return event?.colorId === '11' && event.reminders?.overrides?.[0]?.minutes === 7;
    },
    setBusy: async (remoteId, isBusy) => {
      control.updateEvent(ADDRESS, remoteId, { transparency: isBusy ? 'opaque' : 'transparent' });
    },
    mailed: async () => control.ledger(ADDRESS).mails.map(({ to }) => to),
    // A connection that drops at once is what a write sees that never arrived.
    fault: (kind, times) =>
      control.addFault({ kind: kind === 'timeout_before_write' ? 'cut' : kind, email: ADDRESS, times }),
    calm: () => control.clearFaults(),
    withdraw: () => control.revokeGrants(ADDRESS),
  };
}

async function start(): Promise<ConformanceSubject> {
  const simulator = await startGoogleSimulator();
  const inbox = await openHookInbox();
  const http = guardedHttpTo(simulator.baseUrl);
  const { control } = simulator;
  control.createMailbox({ email: ADDRESS, timeZone: 'Europe/Berlin' });
  control.createMailbox({ email: COLLEAGUE, timeZone: 'Europe/Berlin' });
  const provider = createGoogleProvider({
    http,
    clock: { now: () => control.now() },
    log: new FakeLog(),
    clientId: 'daybook-local',
    clientSecret: 'daybook-local-secret',
    baseUrl: simulator.baseUrl,
    hookAddress: inbox.address,
  });
  const grant = (scope: string) => control.issueGrant(ADDRESS, scope);
  return {
    provider,
    mailbox: mailboxOf(control),
    address: ADDRESS,
    access: async () => ({ token: grant(SCOPES).accessToken }),
    accessToRead: async () => ({ token: control.issueToken(ADDRESS, `${SCOPES}.readonly`).accessToken }),
    accessWithoutCalendar: async () => ({ token: control.issueToken(ADDRESS, 'openid').accessToken }),
    accessOfColleague: async () => ({ token: control.issueToken(COLLEAGUE, `${SCOPES}.readonly`).accessToken }),
    refreshToken: async () => grant(SCOPES).refreshToken,
    nextHook: () => inbox.next((call) => call.headers['x-goog-resource-state'] === 'exists'),
    close: async () => {
      await http.close();
      await inbox.close();
      await simulator.close();
    },
  };
}

describeCalendarConformance({ name: 'Google', start });
