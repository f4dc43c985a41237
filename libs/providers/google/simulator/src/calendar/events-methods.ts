import { emptyAnswer, textAnswer, type Answer } from '@daybook/simulator-kit';
import { z } from 'zod';
import { applyMask, parseFieldMask, type FieldMask } from '../http/field-mask';
import { refusals } from '../http/google-error';
import { calendarOf } from './access';
import type { CalendarStore } from './calendar-store';
import { eventBody, type EventBody, type EventResource } from './event-resource';
import { findTarget } from './event-target';
import type { WriteContext } from './event-writer';
import { eventList, instanceList } from './events-list-method';
import type { Call, Method } from './method';
import { readerView, viewOf } from './reader-view';
import { sendUpdatesOf } from './update-mails';

const VIEW = { alwaysIncludeEmail: 'boolean', maxAttendees: 'positive', timeZone: 'text' } as const;
const UPDATES = { sendNotifications: 'boolean', sendUpdates: ['all', 'externalOnly', 'none'] } as const;
const WRITE = {
  ...UPDATES,
  conferenceDataVersion: ['0', '1'],
  maxAttendees: 'positive',
  supportsAttachments: 'boolean',
} as const;
const LIST = {
  ...VIEW,
  eventTypes: {
    type: ['birthday', 'default', 'focusTime', 'fromGmail', 'outOfOffice', 'workingLocation'],
    many: true,
  },
  iCalUID: 'text',
  maxResults: 'positive',
  orderBy: ['startTime', 'updated'],
  pageToken: 'text',
  privateExtendedProperty: { type: 'text', many: true },
  q: 'text',
  sharedExtendedProperty: { type: 'text', many: true },
  showDeleted: 'boolean',
  showHiddenInvitations: 'boolean',
  singleEvents: 'boolean',
  syncToken: 'text',
  timeMax: 'date-time',
  timeMin: 'date-time',
  updatedMin: 'date-time',
} as const;

const EVENTS = 'calendars/*/events';
const ONE = `${EVENTS}/*`;

/** Everything under `calendars/{id}/events`. */
export const eventsMethods: readonly Method[] = [
  { verb: 'GET', path: EVENTS, scopes: 'eventsRead', query: LIST, run: eventList },
  { verb: 'POST', path: EVENTS, scopes: 'eventsWrite', query: WRITE, body: true, writes: true, run: insert },
  {
    verb: 'POST',
    path: `${EVENTS}/import`,
    scopes: 'eventsWrite',
    query: { conferenceDataVersion: ['0', '1'], supportsAttachments: 'boolean' },
    body: true,
    writes: true,
    run: importEvent,
  },
  { verb: 'POST', path: `${EVENTS}/watch`, scopes: 'eventsRead', query: LIST, body: true, run: watch },
  { verb: 'GET', path: ONE, scopes: 'eventsRead', query: VIEW, run: get },
  {
    verb: 'GET',
    path: `${ONE}/instances`,
    scopes: 'eventsRead',
    query: {
      ...VIEW,
      maxResults: 'positive',
      originalStart: 'text',
      pageToken: 'text',
      showDeleted: 'boolean',
      timeMax: 'date-time',
      timeMin: 'date-time',
    },
    run: instanceList,
  },
  {
    verb: 'PATCH',
    path: ONE,
    scopes: 'eventsWrite',
    query: { ...WRITE, alwaysIncludeEmail: 'boolean' },
    body: true,
    writes: true,
    run: patch,
  },
  {
    verb: 'PUT',
    path: ONE,
    scopes: 'eventsWrite',
    query: { ...WRITE, alwaysIncludeEmail: 'boolean' },
    body: true,
    writes: true,
    run: update,
  },
  { verb: 'DELETE', path: ONE, scopes: 'eventsWrite', query: UPDATES, writes: true, run: remove },
  {
    verb: 'POST',
    path: `${ONE}/move`,
    scopes: 'eventsWrite',
    query: { ...UPDATES, destination: 'text' },
    writes: true,
    run: move,
  },
];

function insert(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  return served(call, store, call.setting.writer.insert(store, readBody(call), contextOf(call, 'insert')));
}

function importEvent(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  return served(call, store, call.setting.writer.import(store, readBody(call), contextOf(call, 'import')));
}

function patch(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  return served(
    call,
    store,
    call.setting.writer.patch(store, call.parts[1] ?? '', readBody(call), contextOf(call, 'patch')),
  );
}

function update(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  return served(
    call,
    store,
    call.setting.writer.update(store, call.parts[1] ?? '', readBody(call), contextOf(call, 'update')),
  );
}

function remove(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  call.setting.writer.delete(store, call.parts[1] ?? '', contextOf(call, 'delete'));
  return emptyAnswer(204);
}

function move(call: Call): Answer {
  const destination = call.query.get('destination');
  if (destination === null) throw refusals.required('Required parameter: destination');
  const [from, to] = [calendarOf(call, call.parts[0]), calendarOf(call, destination)];
  return served(call, to, call.setting.writer.move(from, call.parts[1] ?? '', to, contextOf(call, 'move')));
}

function get(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  const { resource } = findTarget(store, call.parts[1] ?? '');
  if (call.ifNoneMatch !== null && call.ifNoneMatch === resource.etag) {
    return emptyAnswer(304, { etag: resource.etag });
  }
  return served(call, store, resource);
}

function watch(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  const channel = call.setting.push.watch({
    body: call.body,
    watches: `events:${store.facts.id}`,
    resourceUri: `${call.origin}/calendar/v3/calendars/${encodeURIComponent(store.facts.id)}/events?alt=json`,
    email: call.box.email,
    clientId: call.token.clientId,
  });
  return textAnswer(200, JSON.stringify(channel));
}

/** One event as the asker sees it, noted in the ledger. */
function served(call: Call, store: CalendarStore, resource: EventResource): Answer {
  const { ledger } = call.setting.world;
  ledger.noteServed(call.box.email, call.setting.clock.now(), [resource]);
  const view = viewOf(call.query, store);
  const shown = view === null ? resource : readerView(resource, view);
  const fields = call.query.get('fields');
  const mask: FieldMask | 'whole' = fields === null ? 'whole' : parseFieldMask(fields);
  return textAnswer(200, JSON.stringify(applyMask(shown, mask)), { etag: resource.etag });
}

function contextOf(call: Call, operation: string): WriteContext {
  return {
    actor: call.box.email,
    sendUpdates: sendUpdatesOf(call.query),
    conferenceDataVersion: Number(call.query.get('conferenceDataVersion') ?? 0),
    ifMatch: call.ifMatch,
    operation,
  };
}

/** @throws GoogleError 400 in the words of Google's JSON reader. */
function readBody({ body }: Call): EventBody {
  const read = eventBody.safeParse(body);
  if (read.success) return read.data;
  throw refusals.parseError(explain(read.error.issues[0]));
}

function explain(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'Invalid JSON payload received.';
  const place = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const at = place === '' ? '' : ` at '${place}'`;
    return `Invalid JSON payload received. Unknown name "${issue.keys[0] ?? ''}"${at}: Cannot find field.`;
  }
  return `Invalid value at '${place}'`;
}
