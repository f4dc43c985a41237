import { emptyAnswer, textAnswer, type Answer } from '@daybook/simulator-kit';
import { isZone } from '@daybook/domain';
import { z } from 'zod';
import { applyMask, parseFieldMask } from '../http/field-mask';
import { refusals } from '../http/google-error';
import { isTimestamp } from '../http/query-check';
import { busyTimes } from './free-busy';
import { CALENDAR_COLOURS, EVENT_COLOURS } from './colours';
import { fingerprint } from './list-tokens';
import type { Call, Method } from './method';
import { resourceAnswer } from './calendar-methods';

const LIST = { maxResults: 'positive', pageToken: 'text', syncToken: 'text' } as const;
const SETTINGS = 'users/me/settings';
const LONGEST_WINDOW = 92 * 86_400_000;
const MOST_CALENDARS = 50;

/** Channels, free/busy, colours and settings. */
export const otherMethods: readonly Method[] = [
  { verb: 'POST', path: 'channels/stop', scopes: 'anyCalendar', query: {}, body: true, run: stopChannel },
  { verb: 'POST', path: 'freeBusy', scopes: 'freeBusy', query: {}, body: true, run: freeBusy },
  { verb: 'GET', path: 'colors', scopes: 'anyCalendar', query: {}, run: colours },
  { verb: 'GET', path: SETTINGS, scopes: 'settings', query: LIST, run: settings },
  { verb: 'POST', path: `${SETTINGS}/watch`, scopes: 'settings', query: LIST, body: true, run: watchSettings },
  { verb: 'GET', path: `${SETTINGS}/*`, scopes: 'settings', query: {}, run: oneSetting },
];

function stopChannel(call: Call): Answer {
  call.setting.push.stop(call.body, call.box.email, call.token.clientId);
  return emptyAnswer(204);
}

const freeBusyBody = z.strictObject({
  timeMin: z.string(),
  timeMax: z.string(),
  timeZone: z.string().nullish(),
  groupExpansionMax: z.number().int().nullish(),
  calendarExpansionMax: z.number().int().nullish(),
  items: z.array(z.strictObject({ id: z.string() })).nullish(),
});

/** Busy times of the asked calendars; anybody's in the same simulator may be asked, as inside one organisation. */
function freeBusy(call: Call): Answer {
  const read = freeBusyBody.safeParse(call.body);
  if (!read.success) throw refusals.required(`Invalid value at '${read.error.issues[0]?.path.join('.') ?? ''}'`);
  const { timeMin, timeMax, timeZone, items } = read.data;
  const [from, to] = [instantOf(timeMin, 'timeMin'), instantOf(timeMax, 'timeMax')];
  const zone = timeZone ?? 'UTC';
  if (!isZone(zone)) throw refusals.invalid('Invalid time zone.');
  if (to <= from || to - from > LONGEST_WINDOW) throw refusals.timeRangeEmpty();
  const asked = (items ?? []).slice(0, MOST_CALENDARS);
  const calendars = asked.map(({ id }) => {
    const store = call.setting.world.calendar(id === 'primary' ? call.box.email : id.toLowerCase());
    if (store === undefined) return [id, { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] }];
    return [id, { busy: busyTimes(store, { from, to }, zone) }];
  });
  return shown(call, {
    kind: 'calendar#freeBusy',
    timeMin: new Date(from).toISOString(),
    timeMax: new Date(to).toISOString(),
    calendars: Object.fromEntries(calendars),
  });
}

function instantOf(text: string, name: string): number {
  const instant = isTimestamp(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw refusals.badParameter(name);
  return instant;
}

function colours(call: Call): Answer {
  return shown(call, {
    kind: 'calendar#colors',
    updated: '2012-02-14T00:00:00.000Z',
    calendar: CALENDAR_COLOURS,
    event: EVENT_COLOURS,
  });
}

const settingsOf = ({ box }: Call): Record<string, string> => ({
  autoAddHangouts: 'false',
  dateFieldOrder: 'DMY',
  defaultEventLength: '60',
  format24HourTime: 'true',
  hideInvitations: 'false',
  locale: 'en',
  showDeclinedEvents: 'true',
  timezone: box.timeZone,
  useKeyboardShortcuts: 'true',
  weekStart: '1',
});

const settingResource = (id: string, value: string) => ({
  kind: 'calendar#setting',
  etag: `"${fingerprint({ id, value })}"`,
  id,
  value,
});

function settings(call: Call): Answer {
  const items = Object.entries(settingsOf(call)).map(([id, value]) => settingResource(id, value));
  const etag = `"p${fingerprint({ items })}"`;
  const { tokens, clock } = call.setting;
  const sync = { c: 'settings', u: call.box.sub, h: etag, i: clock.now(), v: 0 };
  const known = tokens.readSync(call.query.get('syncToken') ?? '')?.h === etag;
  return shown(call, {
    kind: 'calendar#settings',
    etag,
    nextSyncToken: tokens.sync(sync),
    items: known ? [] : items,
  });
}

function oneSetting(call: Call): Answer {
  const id = call.parts[0] ?? '';
  const value = settingsOf(call)[id];
  if (value === undefined) throw refusals.notFound();
  return resourceAnswer(call, settingResource(id, value));
}

function watchSettings(call: Call): Answer {
  const channel = call.setting.push.watch({
    body: call.body,
    watches: `settings:${call.box.email}`,
    resourceUri: `${call.origin}/calendar/v3/users/me/settings?alt=json`,
    email: call.box.email,
    clientId: call.token.clientId,
  });
  return textAnswer(200, JSON.stringify(channel));
}

function shown(call: Call, body: Record<string, unknown>): Answer {
  const fields = call.query.get('fields');
  return textAnswer(200, JSON.stringify(fields === null ? body : applyMask(body, parseFieldMask(fields))));
}
