import { textAnswer, type Answer } from '@daybook/simulator-kit';
import { z } from 'zod';
import { applyMask, parseFieldMask } from '../http/field-mask';
import { refusals } from '../http/google-error';
import { calendarOf } from './access';
import { calendarResource, noteCalendarWrite, resourceAnswer } from './calendar-methods';
import type { CalendarStore } from './calendar-store';
import { pageSize } from './list-request';
import { fingerprint } from './list-tokens';
import type { Call, Method } from './method';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const entryBody = z.strictObject({
  kind: z.literal('calendar#calendarListEntry').nullish(),
  etag: text,
  id: text,
  summary: text,
  description: text,
  location: text,
  timeZone: text,
  accessRole: z.enum(['freeBusyReader', 'reader', 'writer', 'owner']).nullish(),
  primary: flag,
  deleted: flag,
  dataOwner: text,
  autoAcceptInvitations: flag,
  conferenceProperties: z.strictObject({ allowedConferenceSolutionTypes: z.array(z.string()).nullish() }).nullish(),
  colorId: text,
  summaryOverride: text,
  hidden: flag,
  selected: flag,
  backgroundColor: text,
  foregroundColor: text,
  defaultReminders: z
    .array(z.strictObject({ method: z.enum(['email', 'popup']).nullish(), minutes: z.number().int().nullish() }))
    .nullish(),
  notificationSettings: z
    .strictObject({
      notifications: z
        .array(
          z.strictObject({
            method: text,
            type: z.enum(['eventCreation', 'eventChange', 'eventCancellation', 'eventResponse', 'agenda']).nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

const LIST = {
  maxResults: 'positive',
  minAccessRole: ['freeBusyReader', 'owner', 'reader', 'writer'],
  pageToken: 'text',
  showDeleted: 'boolean',
  showHidden: 'boolean',
  syncToken: 'text',
} as const;
const COLOURS = { colorRgbFormat: 'boolean' } as const;
const BASE = 'users/me/calendarList';
const LARGEST_PAGE = 250;
const DEFAULT_PAGE = 100;

/** A person's own list of calendars. */
export const calendarListMethods: readonly Method[] = [
  { verb: 'GET', path: BASE, scopes: 'calendarListRead', query: LIST, run: list },
  { verb: 'POST', path: `${BASE}/watch`, scopes: 'calendarListRead', query: LIST, body: true, run: watch },
  { verb: 'GET', path: `${BASE}/*`, scopes: 'calendarListRead', query: {}, run: get },
  {
    verb: 'PATCH',
    path: `${BASE}/*`,
    scopes: 'calendarListWrite',
    query: COLOURS,
    body: true,
    writes: true,
    run: patch,
  },
  { verb: 'PUT', path: `${BASE}/*`, scopes: 'calendarListWrite', query: COLOURS, body: true, writes: true, run: patch },
];

function entryOf({ box, setting }: Call, store: CalendarStore): Record<string, unknown> {
  const own = setting.world.entries.get(keyOf(box.email, store.facts.id));
  const { version = 0, ...overrides } = own ?? {};
  const calendar = calendarResource(store);
  return {
    kind: 'calendar#calendarListEntry',
    etag: `"l${version}.${fingerprint({ facts: store.facts })}"`,
    id: calendar['id'],
    summary: calendar['summary'],
    ...(store.facts.description === undefined ? {} : { description: store.facts.description }),
    ...(store.facts.location === undefined ? {} : { location: store.facts.location }),
    timeZone: calendar['timeZone'],
    dataOwner: store.facts.owner,
    colorId: store.facts.primary ? '14' : '7',
    backgroundColor: store.facts.primary ? '#9fe1e7' : '#42d692',
    foregroundColor: '#000000',
    selected: true,
    accessRole: 'owner',
    defaultReminders: store.facts.primary ? [{ method: 'popup', minutes: 10 }] : [],
    ...(store.facts.primary ? { primary: true } : {}),
    conferenceProperties: calendar['conferenceProperties'],
    ...overrides,
  };
}

const keyOf = (email: string, calendarId: string): string => `${email}|${calendarId}`;

/** The list is short: a sync token stands for its fingerprint, and a changed list is sent whole. */
function list(call: Call): Answer {
  const { box, query, setting } = call;
  const hidden = query.get('showHidden') === 'true';
  const entries = box.calendars
    .flatMap((id) => setting.world.calendar(id) ?? [])
    .map((store) => entryOf(call, store))
    .filter((entry) => hidden || entry['hidden'] !== true);
  const etag = `"p${fingerprint({ entries })}"`;
  const since = query.get('syncToken');
  const token = since === null ? null : setting.tokens.readSync(since);
  if (since !== null && (token === null || token.u !== box.sub)) throw refusals.fullSync();
  const wanted = token?.h === etag ? [] : entries;
  const size = pageSize(query, DEFAULT_PAGE, LARGEST_PAGE);
  const at = setting.tokens.readPage(query.get('pageToken') ?? '')?.p.at ?? 0;
  const common = { c: 'calendarList', u: box.sub, h: etag, i: setting.clock.now(), v: 0 };
  const next =
    wanted.length > at + size
      ? { nextPageToken: setting.tokens.page({ ...common, p: { at: at + size } }) }
      : { nextSyncToken: setting.tokens.sync(common) };
  const body = { kind: 'calendar#calendarList', etag, ...next, items: wanted.slice(at, at + size) };
  const fields = query.get('fields');
  const shown = fields === null ? body : applyMask(body, parseFieldMask(fields));
  return textAnswer(200, JSON.stringify(shown), { etag });
}

function get(call: Call): Answer {
  return resourceAnswer(call, entryOf(call, calendarOf(call, call.parts[0])));
}

function patch(call: Call): Answer {
  const store = calendarOf(call, call.parts[0]);
  const read = entryBody.safeParse(call.body);
  if (!read.success) throw refusals.parseError(`Invalid value at '${read.error.issues[0]?.path.join('.') ?? ''}'`);
  const { world } = call.setting;
  const key = keyOf(call.box.email, store.facts.id);
  const next: Record<string, unknown> = { ...world.entries.get(key) };
  for (const name of [
    'colorId',
    'summaryOverride',
    'hidden',
    'selected',
    'backgroundColor',
    'foregroundColor',
  ] as const) {
    const value = read.data[name];
    if (value === null) delete next[name];
    else if (value !== undefined) next[name] = value;
  }
  world.entries.set(key, { ...next, version: (world.entries.get(key)?.version ?? 0) + 1 });
  noteCalendarWrite(call, 'calendarList.patch', store.facts.id);
  call.setting.push.changed(`calendarList:${call.box.email}`);
  return resourceAnswer(call, entryOf(call, store));
}

function watch(call: Call): Answer {
  const channel = call.setting.push.watch({
    body: call.body,
    watches: `calendarList:${call.box.email}`,
    resourceUri: `${call.origin}/calendar/v3/users/me/calendarList?alt=json`,
    email: call.box.email,
    clientId: call.token.clientId,
  });
  return textAnswer(200, JSON.stringify(channel));
}
