import { daysBetween, isCivilDate, toCivil } from '@daybook/domain';
import {
  GraphError,
  MicrosoftControl,
  MicrosoftSimulator,
  type EventBody,
  type EventResource,
} from '@daybook/providers/microsoft-simulator';
import type { Certificate } from '@daybook/simulator-kit';
import { join } from 'node:path';
import { z } from 'zod';
import type { SandboxSettings } from '../config';
import { OrderRefused, type ItemDraft, type ItemView, type Simulator } from '../simulator';
import { commonOrders, translator } from './common-orders';
import { commonOptions, serveBoth } from './serve-both';
import { typedSpan } from './typed-times';

const translated = translator((error) => error instanceof GraphError);

/** Members of a served event that the control page shows. Times are UTC. */
const shownEvent = z.object({
  id: z.string(),
  subject: z.string(),
  isAllDay: z.boolean(),
  type: z.string(),
  start: z.object({ dateTime: z.string() }),
  end: z.object({ dateTime: z.string() }),
});
type ShownEvent = z.output<typeof shownEvent>;

/** The simulated Microsoft 365 as the sandbox runs it: on http and https, its state kept in the home folder. */
export async function startMicrosoft(settings: SandboxSettings, certificate: Certificate): Promise<Simulator> {
  const { SANDBOX_HOST: host, SANDBOX_MICROSOFT_PORT: port } = settings;
  const callback = `${settings.PUBLIC_URL}/v1/oauth/microsoft/callback`;
  const simulator = new MicrosoftSimulator({
    ...commonOptions(settings, 'microsoft'),
    journalFile: join(settings.DAYBOOK_HOME, 'sandbox', 'microsoft.journal'),
    clients: [
      {
        id: settings.MICROSOFT_CLIENT_ID,
        secret: settings.MICROSOFT_CLIENT_SECRET,
        redirectUris: ['loopback', callback],
        name: 'Daybook',
      },
    ],
  });
  const served = await serveBoth(simulator, { host, port, certificate });
  const control = new MicrosoftControl(simulator, settings.SANDBOX_TIME_ZONE, true);
  const zoneOf = (email: string): string =>
    control.mailboxes().find((one) => one.email === control.box(email).email)?.timeZone ?? 'UTC';
  return {
    key: 'microsoft',
    label: 'Microsoft 365',
    ...served,
    ...commonOrders(control, translated),
    items: (email, from, to) =>
      translated(() => control.agenda(email, from, to).map((event) => viewOf(readEvent(event), zoneOf(email)))),
    addItem: (email, draft) => translated(() => void control.insertEvent(email, newEvent(draft, zoneOf(email)))),
    changeItem: (email, id, draft) =>
      translated(() => {
        const before = control.event(email, id);
        if (before === null) throw new OrderRefused('unknown_item', 'there is no such item');
        control.updateEvent(email, id, changeOf(readEvent(before), draft, zoneOf(email)));
      }),
    removeItem: (email, id) => translated(() => control.deleteEvent(email, id)),
  };
}

const readEvent = (event: EventResource): ShownEvent => shownEvent.parse(event);
const instantOf = ({ dateTime }: { dateTime: string }): number => Date.parse(`${dateTime.slice(0, 19)}Z`);

function viewOf(event: ShownEvent, zone: string): ItemView {
  const { id, subject: title, isAllDay: allDay, type } = event;
  const local = (time: ShownEvent['start']): string =>
    allDay ? time.dateTime.slice(0, 10) : toCivil(instantOf(time), zone).slice(0, 16);
  return { id, title, start: local(event.start), end: local(event.end), allDay, recurring: type !== 'singleInstance' };
}

function newEvent({ title = '', start = '', minutes = 60 }: ItemDraft, zone: string): EventBody {
  return { subject: title, ...span(start, minutes * 60_000, 1, zone) };
}

function changeOf(before: ShownEvent, { title, start }: ItemDraft, zone: string): EventBody {
  const length = before.isAllDay ? 3_600_000 : instantOf(before.end) - instantOf(before.start);
  const days = before.isAllDay ? daysBetween(before.start.dateTime.slice(0, 10), before.end.dateTime.slice(0, 10)) : 1;
  return {
    ...(title === undefined ? {} : { subject: title }),
    ...(start === undefined ? {} : span(start, length, days, zone)),
  };
}

function span(
  typed: string,
  length: number,
  days: number,
  zone: string,
): Pick<EventBody, 'isAllDay' | 'start' | 'end'> {
  const { allDay, start, end } = typedSpan(typed, length, days, zone);
  const time = (text: string) => ({ dateTime: isCivilDate(text) ? `${text}T00:00:00` : text, timeZone: zone });
  return { isAllDay: allDay, start: time(start), end: time(end) };
}
