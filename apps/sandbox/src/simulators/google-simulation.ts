import { daysBetween, toCivil } from '@daybook/domain';
import {
  GoogleControl,
  GoogleError,
  GoogleSimulator,
  type EventBody,
  type EventResource,
} from '@daybook/providers/google-simulator';
import type { Certificate } from '@daybook/simulator-kit';
import { join } from 'node:path';
import type { SandboxSettings } from '../config';
import { OrderRefused, type ItemDraft, type ItemView, type Simulator } from '../simulator';
import { commonOrders, translator } from './common-orders';
import { commonOptions, serveBoth } from './serve-both';
import { typedSpan } from './typed-times';

const translated = translator((error) => error instanceof GoogleError);

/** The simulated Google as the sandbox runs it: on http and https, its state kept in the home folder. */
export async function startGoogle(settings: SandboxSettings, certificate: Certificate): Promise<Simulator> {
  const { SANDBOX_HOST: host, SANDBOX_GOOGLE_PORT: port } = settings;
  const callback = `${settings.PUBLIC_URL}/v1/oauth/google/callback`;
  const simulator = new GoogleSimulator({
    ...commonOptions(settings, 'google'),
    journalFile: join(settings.DAYBOOK_HOME, 'sandbox', 'google.journal'),
    clients: [
      {
        id: settings.GOOGLE_CLIENT_ID,
        secret: settings.GOOGLE_CLIENT_SECRET,
        redirectUris: ['loopback', callback],
        name: 'Daybook',
      },
    ],
  });
  const served = await serveBoth(simulator, { host, port, certificate });
  const control = new GoogleControl(simulator, settings.SANDBOX_TIME_ZONE, true);
  return {
    key: 'google',
    label: 'Google',
    ...served,
    ...commonOrders(control, translated),
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
  };
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

function span(typed: string, length: number, days: number, zone: string): Pick<EventBody, 'start' | 'end'> {
  const { allDay, start, end } = typedSpan(typed, length, days, zone);
  if (allDay) return { start: { date: start }, end: { date: end } };
  return { start: { dateTime: start, timeZone: zone }, end: { dateTime: end, timeZone: zone } };
}
