import { addDays, daysBetween, isCivilDate, isCivilDateTime, toCivil, toInstant } from '@daybook/domain';
import {
  GoogleControl,
  GoogleError,
  GoogleSimulator,
  type EventBody,
  type EventResource,
} from '@daybook/providers/google-simulator';
import {
  endServer,
  listen,
  portOf,
  recordingsIn,
  simulatorServer,
  SimulatorRefusal,
  type Certificate,
} from '@daybook/simulator-kit';
import { join } from 'node:path';
import type { SandboxSettings } from '../config';
import { OrderRefused, type ItemDraft, type ItemView, type Simulator } from '../simulator';

const SECURE_OFFSET = 100;
const REFUSALS = {
  exists: 'mailbox_exists',
  unknown_mailbox: 'unknown_mailbox',
  unknown_item: 'unknown_item',
  unknown_kind: 'invalid_value',
  invalid: 'invalid_value',
} as const;

/** The simulated Google as the sandbox runs it: on http and https, its state kept in the home folder. */
export async function startGoogle(settings: SandboxSettings, certificate: Certificate): Promise<Simulator> {
  const { SANDBOX_HOST: host, SANDBOX_GOOGLE_PORT: port, SANDBOX_RECORD_DIR: recordDir } = settings;
  const callback = `${settings.PUBLIC_URL}/v1/oauth/google/callback`;
  const simulator = new GoogleSimulator({
    journalFile: join(settings.DAYBOOK_HOME, 'sandbox', 'google.journal'),
    latencyMs: settings.SANDBOX_LATENCY_MS,
    clients: [
      {
        id: settings.GOOGLE_CLIENT_ID,
        secret: settings.GOOGLE_CLIENT_SECRET,
        redirectUris: ['loopback', callback],
        name: 'Daybook',
      },
    ],
    ...(recordDir === undefined ? {} : { recorder: recordingsIn(recordDir, 'google', Date.now) }),
  });
  const plain = simulatorServer(simulator);
  const secure = simulatorServer(simulator, certificate);
  await listen(plain, port, host);
  await listen(secure, port === 0 ? 0 : port + SECURE_OFFSET, host);
  simulator.origin = `http://localhost:${portOf(plain)}`;
  const control = new GoogleControl(simulator, settings.SANDBOX_TIME_ZONE, true);
  const addresses = [simulator.origin, `https://localhost:${portOf(secure)}`];
  const close = async (): Promise<void> => {
    await Promise.all([endServer(plain), endServer(secure)]);
    simulator.close();
  };
  return simulation(control, addresses, close);
}

/** The orders of the control side in Google's terms. */
function simulation(control: GoogleControl, addresses: readonly string[], close: () => Promise<void>): Simulator {
  return {
    key: 'google',
    label: 'Google',
    addresses,
    faultKinds: control.faultKinds,
    importFormats: ['ics'],
    mailboxes: () =>
      control.mailboxes().map(({ email, name, timeZone, calendars }) => ({
        email,
        name,
        timeZone,
        items: calendars.reduce((sum, { events }) => sum + events, 0),
      })),
    createMailbox: ({ email, password }) =>
      translated(() => control.createMailbox({ email, ...(password === undefined ? {} : { password }) })),
    importFile: ({ email, body }) => translated(() => control.importIcs(email, body)),
    seed: ({ email, events, seed }) =>
      translated(() => {
        control.seed(email, { events, seed });
        return { events, contacts: 0 };
      }),
    addFault: ({ kind, ...order }) => {
      const known = control.faultKinds.find((one) => one === kind);
      if (known === undefined) throw new OrderRefused('invalid_value', `kind ${kind} is unknown`);
      translated(() => control.addFault({ ...order, kind: known }));
    },
    clearFaults: () => control.clearFaults(),
    ledger: (email) => translated(() => control.ledger(email)),
    setClock: (now) => translated(() => control.setClock(now)),
    now: () => control.now(),
    issueToken: ({ email, scope }) => translated(() => control.issueToken(email, scope)),
    reset: () => control.reset(),
    items: (email, from, to) =>
      translated(() => control.agenda(email, from, to).map((event) => viewOf(event, control.box(email).timeZone))),
    addItem: (email, draft) =>
      translated(() => void control.insertEvent(email, newEvent(draft, control.box(email).timeZone))),
    changeItem: (email, id, draft) =>
      translated(() => {
        const before = control.event(email, id);
        if (before === null) throw new OrderRefused('unknown_item', 'there is no such item');
        control.updateEvent(email, id, changeOf(before, draft, control.box(email).timeZone));
      }),
    removeItem: (email, id) => translated(() => control.deleteEvent(email, id)),
    close,
  };
}

function translated<T>(order: () => T): T {
  try {
    return order();
  } catch (error) {
    if (error instanceof SimulatorRefusal) throw new OrderRefused(REFUSALS[error.code], error.message);
    if (error instanceof GoogleError) throw new OrderRefused('invalid_value', error.message);
    throw error;
  }
}

function viewOf(event: EventResource, zone: string): ItemView {
  const local = (time: EventResource['start']): string =>
    time?.date ?? toCivil(Date.parse(time?.dateTime ?? ''), zone).slice(0, 16);
  return {
    id: event.id,
    title: event.summary ?? '',
    start: local(event.start),
    end: local(event.end),
    allDay: event.start?.date !== undefined,
    recurring: event.recurringEventId !== undefined,
  };
}

function newEvent({ title = '', start = '', minutes = 60 }: ItemDraft, zone: string): EventBody {
  return { summary: title, ...span(start, minutes * 60_000, 1, zone) };
}

function changeOf(before: EventResource, { title, start }: ItemDraft, zone: string): EventBody {
  const length = Date.parse(before.end?.dateTime ?? '') - Date.parse(before.start?.dateTime ?? '');
  const days =
    before.start?.date === undefined ? 1 : daysBetween(before.start.date, before.end?.date ?? before.start.date);
  return {
    ...(title === undefined ? {} : { summary: title }),
    ...(start === undefined ? {} : span(start, Number.isNaN(length) ? 3_600_000 : length, days, zone)),
  };
}

/** Start and end from what was typed: a date makes whole days, a time a meeting. */
function span(start: string, length: number, days: number, zone: string): Pick<EventBody, 'start' | 'end'> {
  if (isCivilDate(start)) return { start: { date: start }, end: { date: addDays(start, days) } };
  const civil = start.length === 16 ? `${start}:00` : start;
  if (!isCivilDateTime(civil)) throw new OrderRefused('invalid_value', 'start is not a time');
  return {
    start: { dateTime: civil, timeZone: zone },
    end: { dateTime: toCivil(toInstant(civil, zone) + length, zone), timeZone: zone },
  };
}
