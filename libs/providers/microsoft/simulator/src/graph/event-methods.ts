import type { Answer } from '@daybook/simulator-kit';
import { refusals } from './graph-error';
import { emptyAnswer, entityAnswer, listAnswer, nextLink, setOf } from './answers';
import { calendarResource } from './calendar-view';
import type { Call, Method, Place } from './call';
import { delta } from './delta-method';
import { eventBodyOf } from './event-bodies';
import { checkSelect, eventAnswer, eventText, noteServed } from './event-answers';
import { allEvents, placesIn, viewOf } from './event-listing';
import { chosenItems } from './event-choice';
import { spoilt } from './odd-items';
import { readWindow } from './query-options';
import type { Item } from '../mailbox/occurrences';

const ONE = ['select', 'expand'] as const;
const LIST = ['select', 'expand', 'filter', 'orderby', 'top', 'skip', 'count'] as const;
const VIEW = [...LIST, 'startDateTime', 'endDateTime'] as const;
const DELTA = ['top', 'skiptoken', 'deltatoken'] as const;
const VIEW_DELTA = [...DELTA, 'startDateTime', 'endDateTime'] as const;
const DEFAULT_PAGE = 10;

/** Everything under `events` and `calendarView`, apart from what is done to single meetings. */
export const eventMethods: readonly Method[] = [
  { verb: 'GET', path: 'events', on: 'calendar', need: 'read', options: LIST, run: list },
  { verb: 'POST', path: 'events', on: 'calendar', need: 'write', options: ONE, body: true, writes: true, run: create },
  { verb: 'GET', path: 'events/$count', on: 'calendar', need: 'read', options: ['filter'], run: count },
  {
    verb: 'GET',
    path: 'events/delta',
    on: 'calendar',
    need: 'read',
    options: DELTA,
    run: (call) => delta(call, 'Events'),
  },
  { verb: 'GET', path: 'events/*', on: 'calendar', need: 'read', options: ONE, run: get },
  {
    verb: 'PATCH',
    path: 'events/*',
    on: 'calendar',
    need: 'write',
    options: ONE,
    body: true,
    writes: true,
    run: patch,
  },
  { verb: 'DELETE', path: 'events/*', on: 'calendar', need: 'write', options: [], writes: true, run: remove },
  { verb: 'GET', path: 'events/*/instances', on: 'calendar', need: 'read', options: VIEW, run: instances },
  {
    verb: 'GET',
    path: 'events/*/instances/delta',
    on: 'calendar',
    need: 'read',
    options: VIEW_DELTA,
    run: (call) => delta(call, 'Instances'),
  },
  { verb: 'GET', path: 'events/*/calendar', on: 'calendar', need: 'read', options: ['select'], run: calendarOfEvent },
  { verb: 'GET', path: 'calendarView', on: 'calendar', need: 'read', options: VIEW, run: view },
  {
    verb: 'GET',
    path: 'calendarView/$count',
    on: 'calendar',
    need: 'read',
    options: ['filter', 'startDateTime', 'endDateTime'],
    run: countView,
  },
  {
    verb: 'GET',
    path: 'calendarView/delta',
    on: 'calendar',
    need: 'read',
    options: VIEW_DELTA,
    run: (call) => delta(call, 'CalendarView'),
  },
];

function list(call: Call): Answer {
  const place = call.place();
  return page(call, place, chosenItems(call, place, allEvents(place.store), 'events'));
}

function view(call: Call): Answer {
  const window = readWindow(call.options);
  const place = call.place();
  return page(call, place, chosenItems(call, place, viewOf(place.store, window), `view ${window.from} ${window.to}`));
}

/** The occurrences of one series in a window. @throws GraphError 400 for what is no series */
function instances(call: Call): Answer {
  const window = readWindow(call.options);
  const { place, item } = call.item(call.parts[0] ?? '');
  if (item.type !== 'seriesMaster') throw refusals.invalidRequest('Only a series has instances.');
  const all = placesIn(item.event, window);
  const name = `instances ${item.event.key} ${window.from} ${window.to}`;
  return page(call, place, chosenItems(call, place, all, name));
}

function page(call: Call, place: Place, all: readonly Item[]): Answer {
  checkSelect(call);
  const { options, preferences, setting, box } = call;
  const size = options.top ?? preferences.pageSize ?? DEFAULT_PAGE;
  const empty = setting.faults.strike('empty_page', box.email) !== null;
  const items = empty ? [] : all.slice(options.skip, options.skip + size);
  noteServed(call, place, items);
  const texts = items.map((item) => eventText(call, place, item));
  const [first] = texts;
  if (first !== undefined && setting.faults.strike('bad_item', box.email) !== null) texts[0] = spoilt(first);
  const endless = setting.faults.strike('endless_page', box.email) !== null;
  const stays = empty || endless;
  const more = stays || options.skip + size < all.length;
  return listAnswer(call, {
    set: setOf(call, 'events'),
    items: texts,
    annotations: {
      ...(options.count ? { '@odata.count': all.length } : {}),
      ...(more ? { '@odata.nextLink': nextLink(call, stays ? options.skip : options.skip + size) } : {}),
    },
  });
}

function count(call: Call): Answer {
  const place = call.place();
  return number(chosenItems(call, place, allEvents(place.store), 'events').length);
}

function countView(call: Call): Answer {
  const window = readWindow(call.options);
  const place = call.place();
  return number(chosenItems(call, place, viewOf(place.store, window), `view ${window.from} ${window.to}`).length);
}

const number = (value: number): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: String(value),
});

function get(call: Call): Answer {
  checkSelect(call);
  const { place, item } = call.item(call.parts[0] ?? '');
  return eventAnswer(call, 200, place, item);
}

function create(call: Call): Answer {
  checkSelect(call);
  const place = writable(call.place());
  const item = call.setting.writer.create(place.store, eventBodyOf(call.body), call.writing('create'));
  return eventAnswer(call, 201, place, item);
}

function patch(call: Call): Answer {
  checkSelect(call);
  const { place, item } = call.item(call.parts[0] ?? '');
  const next = call.setting.writer.patch(writable(place).store, item, eventBodyOf(call.body), call.writing('update'));
  return eventAnswer(call, 200, place, next);
}

function remove(call: Call): Answer {
  const { place, item } = call.item(call.parts[0] ?? '');
  call.setting.writer.remove(writable(place).store, item, call.writing('delete'));
  return emptyAnswer(204);
}

function calendarOfEvent(call: Call): Answer {
  const { place } = call.item(call.parts[0] ?? '');
  return entityAnswer(call, 200, setOf(call, 'calendars'), calendarResource(call, place));
}

/** @throws GraphError 403 in a calendar that is only shared for reading */
export function writable(place: Place): Place {
  if (!place.canWrite) throw refusals.denied();
  return place;
}
