import type { Answer } from '@daybook/simulator-kit';
import { z } from 'zod';
import { calendarIdOf, readCalendarId } from '../mailbox/item-ids';
import type { CalendarEntry, CalendarGroup, Permission } from '../mailbox/mailbox';
import { emptyAnswer, entityAnswer, listAnswer, nextLink, setOf } from './answers';
import type { Call, Method, Place } from './call';
import { CALENDAR_MEMBERS, calendarResource } from './calendar-view';
import { readBody } from './event-bodies';
import { refusals } from './graph-error';
import { placeAt } from './places';

const COLOURS = [
  'auto',
  'lightBlue',
  'lightGreen',
  'lightOrange',
  'lightGray',
  'lightYellow',
  'lightTeal',
  'lightPink',
  'lightBrown',
  'lightRed',
  'maxColor',
] as const;
const ignored = z.unknown().optional();
const calendarBody = z.strictObject({
  name: z.string().min(1).optional(),
  color: z.enum(COLOURS).nullish(),
  hexColor: z.string().nullish(),
  id: ignored,
  owner: ignored,
  isDefaultCalendar: ignored,
  changeKey: ignored,
  canShare: ignored,
  canEdit: ignored,
  canViewPrivateItems: ignored,
  isRemovable: ignored,
  isTallyingResponses: ignored,
  allowedOnlineMeetingProviders: ignored,
  defaultOnlineMeetingProvider: ignored,
});
const LIST = ['select', 'top', 'skip', 'count', 'filter', 'orderby'] as const;
const DEFAULT_PAGE = 10;

/** Calendars, their groups and who may see them. */
export const calendarMethods: readonly Method[] = [
  { verb: 'GET', path: 'calendars', on: 'mailbox', need: 'read', options: LIST, run: list },
  { verb: 'POST', path: 'calendars', on: 'mailbox', need: 'write', options: [], body: true, writes: true, run: create },
  { verb: 'GET', path: 'calendarGroups', on: 'mailbox', need: 'read', options: LIST, run: groups },
  { verb: 'GET', path: 'calendarGroups/*', on: 'mailbox', need: 'read', options: ['select'], run: group },
  { verb: 'GET', path: 'calendarGroups/*/calendars', on: 'mailbox', need: 'read', options: LIST, run: list },
  {
    verb: 'POST',
    path: 'calendarGroups/*/calendars',
    on: 'mailbox',
    need: 'write',
    options: [],
    body: true,
    writes: true,
    run: create,
  },
  { verb: 'GET', path: '', on: 'calendar', need: 'read', options: ['select'], run: get },
  { verb: 'PATCH', path: '', on: 'calendar', need: 'write', options: [], body: true, writes: true, run: patch },
  { verb: 'DELETE', path: '', on: 'calendar', need: 'write', options: [], writes: true, run: remove },
  { verb: 'GET', path: 'calendarPermissions', on: 'calendar', need: 'readFull', options: [], run: permissions },
  { verb: 'GET', path: 'calendarPermissions/*', on: 'calendar', need: 'readFull', options: [], run: permission },
];

function list(call: Call): Answer {
  checkMembers(call, CALENDAR_MEMBERS, 'calendar');
  const wanted = call.parts[0] === undefined ? null : groupOf(call, call.parts[0]).key;
  const places = call.box.calendars
    .filter(({ group }) => wanted === null || group === wanted)
    .flatMap((entry) => reachable(call, entry));
  return pageOf(
    call,
    'calendars',
    places.map((place) => calendarResource(call, place)),
  );
}

/** Calendars the caller has no right to are not there for them. */
function reachable(call: Call, entry: CalendarEntry): Place[] {
  const store = call.setting.world.calendar(entry.folder);
  const permitted = store?.facts.permissions.some(({ person }) => person?.address === call.principal.email);
  const own = call.principal.appOnly || store?.facts.owner === call.principal.email;
  return store !== undefined && (own || permitted === true) ? [placeAt({ ...call, need: 'nothing' }, entry)] : [];
}

/** A short list: filtered by equality of one member, sorted by name. @throws GraphError 400 for more */
function pageOf(call: Call, set: string, all: readonly Record<string, unknown>[]): Answer {
  const { filter, orderby, top, skip, count } = call.options;
  const match = filter === null ? null : /^(\w+) eq (?:'((?:[^']|'')*)'|(true|false))$/.exec(filter.trim());
  if (filter !== null && match === null) throw refusals.filter();
  const [, member = '', text, flag] = match ?? [];
  const value = text === undefined ? flag === 'true' : text.replaceAll("''", "'");
  const chosen = match === null ? [...all] : all.filter((one) => one[member] === value);
  if (orderby !== null) {
    const [, direction] = /^name( asc| desc)?$/.exec(orderby) ?? [null, null];
    if (direction === null) throw refusals.query(`Calendars cannot be sorted by '${orderby}'.`);
    chosen.sort(
      (one, other) => String(one['name']).localeCompare(String(other['name'])) * (direction === ' desc' ? -1 : 1),
    );
  }
  const size = top ?? call.preferences.pageSize ?? DEFAULT_PAGE;
  const items = chosen.slice(skip, skip + size).map((one) => JSON.stringify(cut(call, one)));
  return listAnswer(call, {
    set: setOf(call, set),
    items,
    annotations: {
      ...(count ? { '@odata.count': chosen.length } : {}),
      ...(skip + size < chosen.length ? { '@odata.nextLink': nextLink(call, skip + size) } : {}),
    },
  });
}

function cut({ options }: Call, whole: Record<string, unknown>): Record<string, unknown> {
  if (options.select === null) return whole;
  return { id: whole['id'], ...Object.fromEntries(options.select.map((name) => [name, whole[name]])) };
}

function checkMembers({ options }: Call, members: ReadonlySet<string>, type: string): void {
  const unknown = options.select?.find((name) => !members.has(name));
  if (unknown !== undefined) {
    throw refusals.badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.${type}'.`,
    );
  }
}

function get(call: Call): Answer {
  checkMembers(call, CALENDAR_MEMBERS, 'calendar');
  return entityAnswer(call, 200, setOf(call, 'calendars'), cut(call, calendarResource(call, call.place())));
}

function create(call: Call): Answer {
  const { name, color, hexColor } = readBody(calendarBody, call.body, 'calendar');
  const { box, setting } = call;
  if (name === undefined) throw refusals.validation('A calendar needs a name.');
  refuseTakenName(call, name);
  const [first] = box.groups;
  const group = call.parts[0] === undefined ? first : groupOf(call, call.parts[0]);
  const key = setting.world.keys.next();
  setting.world.addCalendar({ key, owner: box.email, name, isDefault: false, permissions: [] });
  const entry = { key, folder: key, group: group?.key ?? '', color: color ?? 'auto', hexColor: hexColor ?? '' };
  setting.world.mailboxes.set(box.email, { ...box, calendars: [...box.calendars, entry] });
  note(call, 'createCalendar', key);
  return entityAnswer(call, 201, setOf(call, 'calendars'), calendarResource(call, placeAt(call, entry)));
}

function refuseTakenName({ box, setting }: Call, name: string): void {
  const taken = box.calendars.some(({ folder }) => setting.world.calendar(folder)?.facts.name === name);
  if (taken) throw refusals.folderExists(name);
}

function patch(call: Call): Answer {
  const place = call.place();
  const { name, color, hexColor } = readBody(calendarBody, call.body, 'calendar');
  const { box, setting } = call;
  const { facts } = place.store;
  if (name !== undefined && name !== facts.name) {
    if (facts.owner !== box.email) throw refusals.denied();
    refuseTakenName(call, name);
    facts.name = name;
    setting.world.saveFacts(place.store);
  }
  const entry = { ...place.entry, color: color ?? place.entry.color, hexColor: hexColor ?? place.entry.hexColor };
  const calendars = box.calendars.map((one) => (one.key === entry.key ? entry : one));
  setting.world.mailboxes.set(box.email, { ...box, calendars });
  note(call, 'updateCalendar', entry.key);
  return entityAnswer(call, 200, setOf(call, 'calendars'), calendarResource(call, { ...place, entry }));
}

/** A shared calendar only leaves the list; an own one goes with its events. */
function remove(call: Call): Answer {
  const { store, entry } = call.place();
  const { box, setting } = call;
  if (store.facts.isDefault && store.facts.owner === box.email) throw refusals.deleteDistinguished();
  if (store.facts.owner === box.email) setting.world.removeCalendar(store.facts.key);
  else {
    const calendars = box.calendars.filter(({ key }) => key !== entry.key);
    setting.world.mailboxes.set(box.email, { ...box, calendars });
  }
  note(call, 'deleteCalendar', entry.key);
  return emptyAnswer(204);
}

function note(call: Call, operation: string, key: string): void {
  call.setting.writer.note(call.writing(operation), calendarIdOf(key));
}

/** @throws GraphError 400, 404 */
function groupOf({ box }: Call, id: string): CalendarGroup {
  const key = readCalendarId(id);
  if (key === null) throw refusals.malformedId();
  const found = box.groups.find((one) => one.key === key);
  if (found === undefined) throw refusals.itemNotFound();
  return found;
}

const GROUP_MEMBERS = new Set(['id', 'name', 'classId', 'changeKey']);

const groupResource = ({ key, name, classId }: CalendarGroup): Record<string, unknown> => ({
  id: calendarIdOf(key),
  name,
  classId,
  changeKey: `${key.slice(0, 22)}==`,
});

function groups(call: Call): Answer {
  checkMembers(call, GROUP_MEMBERS, 'calendarGroup');
  return pageOf(call, 'calendarGroups', call.box.groups.map(groupResource));
}

function group(call: Call): Answer {
  checkMembers(call, GROUP_MEMBERS, 'calendarGroup');
  const found = groupResource(groupOf(call, call.parts[0] ?? ''));
  return entityAnswer(call, 200, setOf(call, 'calendarGroups'), cut(call, found));
}

const permissionResource = ({ id, person, role }: Permission): Record<string, unknown> => ({
  id,
  isRemovable: person !== null,
  isInsideOrganization: true,
  role,
  allowedRoles: ['freeBusyRead', 'limitedRead', 'read', 'write'],
  emailAddress: person === null ? { name: 'My Organization' } : { name: person.name, address: person.address },
});

function permissions(call: Call): Answer {
  const { facts } = call.place().store;
  const items = facts.permissions.map((one) => JSON.stringify(permissionResource(one)));
  return listAnswer(call, { set: setOf(call, 'calendar/calendarPermissions'), items });
}

function permission(call: Call): Answer {
  const found = call.place().store.facts.permissions.find(({ id }) => id === call.parts[0]);
  if (found === undefined) throw refusals.itemNotFound();
  return entityAnswer(call, 200, setOf(call, 'calendar/calendarPermissions'), permissionResource(found));
}
