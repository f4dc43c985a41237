import type { CalendarStore } from '../mailbox/calendar-store';
import type { WriteContext } from '../mailbox/event-writer';
import { findItem, lookUp } from '../mailbox/find-item';
import { readCalendarId, readRestId } from '../mailbox/item-ids';
import type { CalendarEntry, Mailbox } from '../mailbox/mailbox';
import type { Item } from '../mailbox/occurrences';
import { checkScopes, isBasic, rightsOf } from './access';
import type { Call, GraphSetting, Place } from './call';
import { refusals } from './graph-error';

/** The parts of a call that places are found by. */
export type Frame = Pick<Call, 'setting' | 'principal' | 'box' | 'need' | 'version' | 'preferences' | 'incoming'>;

/** The calendar of a path: the default one where it names none. @throws GraphError 400, 404, 403 */
export function placeOf(frame: Frame, container: string | null): Place {
  const { box, setting } = frame;
  if (container === null || container === '') {
    const { facts } = setting.world.defaultCalendar(box);
    return placeAt(
      frame,
      entryOf(box, ({ folder }) => folder === facts.key),
    );
  }
  const key = readCalendarId(container);
  if (key === null) throw refusals.malformedId();
  return placeAt(
    frame,
    entryOf(box, (entry) => entry.key === key),
  );
}

/**
 * An event of a calendar, or of any own calendar when the path names none: what others share is only reached through its
 * calendar.
 * @throws GraphError 400, 404, 403
 */
export function itemOf(frame: Frame, container: string | null, id: string): { place: Place; item: Item } {
  const name = readRestId(id);
  if (name === null) throw refusals.malformedId();
  if (container !== null) {
    const place = placeOf(frame, container);
    return { place, item: findItem(place.store, name) };
  }
  const { box, setting } = frame;
  for (const entry of box.calendars) {
    const store = setting.world.calendar(entry.folder);
    if (store === undefined || store.facts.owner !== box.email) continue;
    const item = lookUp(store, name);
    if (item !== null) return { place: placeAt(frame, entry), item };
  }
  throw refusals.itemNotFound();
}

/** A calendar in the list of the mailbox, with what the caller may do there. @throws GraphError 404, 403 */
export function placeAt(frame: Frame, entry: CalendarEntry | undefined): Place {
  const { setting, principal, version, preferences, incoming } = frame;
  const store = entry === undefined ? undefined : setting.world.calendar(entry.folder);
  if (entry === undefined || store === undefined) throw refusals.itemNotFound();
  const own = principal.appOnly || store.facts.owner === principal.email;
  const rights = own ? { sight: 'full' as const, canWrite: true } : rightsOf(store.facts.permissions, principal.email);
  if (rights === null) throw refusals.denied();
  // What others share is a matter of permissions of its own.
  if (!own) checkScopes(principal, ownerOf(setting, store), frame.need);
  const { immutable, zone, text } = preferences;
  const manner = {
    immutable,
    zone,
    text,
    basic: isBasic(principal),
    beta: version === 'beta',
    sight: rights.sight,
    origin: incoming.origin,
  };
  return { store, entry, canWrite: rights.canWrite, manner };
}

function ownerOf({ world }: GraphSetting, { facts }: CalendarStore): Mailbox {
  const owner = world.find(facts.owner);
  if (owner === undefined) throw refusals.itemNotFound();
  return owner;
}

const entryOf = (box: Mailbox, is: (entry: CalendarEntry) => boolean): CalendarEntry | undefined =>
  box.calendars.find(is);

/** How a call writes: by whom, under which condition. */
export function writingOf({ principal, box, preferences, incoming }: Frame, operation: string): WriteContext {
  return {
    actor: principal.appOnly ? box.email : principal.email,
    operation,
    ifMatch: incoming.headers['if-match'] ?? null,
    immutable: preferences.immutable,
  };
}

/** The mailbox a path names. Other tenants' people are not there. @throws GraphError 400, 404 */
export function boxOf({ world }: GraphSetting, principal: Call['principal'], user: string | null): Mailbox {
  if (user === null) {
    if (principal.appOnly) throw refusals.appOnMe();
    const own = world.find(principal.email);
    if (own === undefined) throw refusals.userNotFound(principal.email);
    return own;
  }
  const box = world.find(user);
  if (box === undefined || box.tenantId !== principal.tenantId) throw refusals.userNotFound(user);
  return box;
}
