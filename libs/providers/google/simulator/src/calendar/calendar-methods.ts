import { randomBytes } from 'node:crypto';
import { emptyAnswer, isGiven, textAnswer, type Answer } from '@daybook/simulator-kit';
import { isZone } from '@daybook/domain';
import { z } from 'zod';
import { applyMask, parseFieldMask } from '../http/field-mask';
import { refusals } from '../http/google-error';
import { calendarOf } from './access';
import type { CalendarStore } from './calendar-store';
import type { Call, Method } from './method';

const text = z.string().nullish();
const calendarBody = z.strictObject({
  kind: z.literal('calendar#calendar').nullish(),
  etag: text,
  id: text,
  summary: text,
  description: text,
  location: text,
  timeZone: text,
  dataOwner: text,
  autoAcceptInvitations: z.boolean().nullish(),
  conferenceProperties: z.strictObject({ allowedConferenceSolutionTypes: z.array(z.string()).nullish() }).nullish(),
});

const ONE = 'calendars/*';

/** Everything under `calendars`, apart from events. */
export const calendarMethods: readonly Method[] = [
  { verb: 'POST', path: 'calendars', scopes: 'calendarsWrite', query: {}, body: true, writes: true, run: insert },
  { verb: 'GET', path: ONE, scopes: 'calendarsRead', query: {}, run: get },
  { verb: 'PATCH', path: ONE, scopes: 'calendarsWrite', query: {}, body: true, writes: true, run: patch },
  { verb: 'PUT', path: ONE, scopes: 'calendarsWrite', query: {}, body: true, writes: true, run: patch },
  { verb: 'DELETE', path: ONE, scopes: 'calendarsWrite', query: {}, writes: true, run: remove },
  { verb: 'POST', path: `${ONE}/clear`, scopes: 'calendarsWrite', query: {}, writes: true, run: clear },
];

/** A calendar as `calendars.get` shows it. */
export function calendarResource({ facts, version }: CalendarStore): Record<string, unknown> {
  return {
    kind: 'calendar#calendar',
    etag: `"c${version}${facts.summary.length}"`,
    id: facts.id,
    summary: facts.summary,
    ...(facts.description === undefined ? {} : { description: facts.description }),
    ...(facts.location === undefined ? {} : { location: facts.location }),
    timeZone: facts.timeZone,
    dataOwner: facts.owner,
    conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
  };
}

/** The answer with one resource, cut to the asked fields. */
export function resourceAnswer(call: Call, resource: Record<string, unknown>): Answer {
  const fields = call.query.get('fields');
  const etag = String(resource['etag']);
  if (call.ifNoneMatch === etag) return emptyAnswer(304, { etag });
  const shown = fields === null ? resource : applyMask(resource, parseFieldMask(fields));
  return textAnswer(200, JSON.stringify(shown), { etag });
}

/** Writes of calendars and their entries stand in the ledger beside those of events. */
export function noteCalendarWrite({ setting, box }: Call, operation: string, itemId: string): void {
  const at = new Date(setting.clock.now()).toISOString();
  setting.world.ledger.noteWrite(box.email, { at, operation, itemId });
}

function insert(call: Call): Answer {
  const { summary, description, location, timeZone } = readBody(call);
  if (!isGiven(summary) || summary === '') throw refusals.required('Missing summary.');
  const { world } = call.setting;
  const store = world.addCalendar({
    id: `c_${randomBytes(20).toString('hex')}@group.calendar.google.com`,
    owner: call.box.email,
    summary,
    ...(!isGiven(description) ? {} : { description }),
    ...(!isGiven(location) ? {} : { location }),
    timeZone: zoneOf(timeZone, call.box.timeZone),
    primary: false,
  });
  world.mailboxes.set(call.box.email, { ...call.box, calendars: [...call.box.calendars, store.facts.id] });
  noteCalendarWrite(call, 'calendars.insert', store.facts.id);
  call.setting.push.changed(`calendarList:${call.box.email}`);
  return resourceAnswer(call, calendarResource(store));
}

function get(call: Call): Answer {
  return resourceAnswer(call, calendarResource(calendarOf(call, call.parts[0])));
}

function patch(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  const { summary, description, location, timeZone } = readBody(call);
  if (isGiven(summary) && summary !== '') store.facts.summary = summary;
  if (description !== undefined) store.facts.description = description ?? '';
  if (location !== undefined) store.facts.location = location ?? '';
  if (isGiven(timeZone)) store.facts.timeZone = zoneOf(timeZone, store.facts.timeZone);
  call.setting.world.saveFacts(store);
  noteCalendarWrite(call, 'calendars.patch', store.facts.id);
  call.setting.push.changed(`calendarList:${call.box.email}`);
  return resourceAnswer(call, calendarResource(store));
}

function remove(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  if (store.facts.primary) throw refusals.forbidden('Cannot delete the primary calendar.');
  call.setting.world.removeCalendar(store.facts.id);
  noteCalendarWrite(call, 'calendars.delete', store.facts.id);
  call.setting.push.changed(`calendarList:${call.box.email}`);
  return emptyAnswer(204);
}

function clear(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  if (!store.facts.primary) throw refusals.badParameter('calendarId');
  const updated = new Date(call.setting.clock.now()).toISOString();
  for (const event of store.slots) {
    if (!event.cancelled) call.setting.world.put(store, { ...event.read(), status: 'cancelled', updated });
  }
  noteCalendarWrite(call, 'calendars.clear', store.facts.id);
  return emptyAnswer(204);
}

function readBody({ body }: Call): z.output<typeof calendarBody> {
  const read = calendarBody.safeParse(body);
  if (!read.success) throw refusals.parseError(`Invalid value at '${read.error.issues[0]?.path.join('.') ?? ''}'`);
  return read.data;
}

function zoneOf(asked: string | null | undefined, fallback: string): string {
  if (!isGiven(asked)) return fallback;
  if (!isZone(asked)) throw refusals.invalid('Invalid time zone.');
  return asked;
}
