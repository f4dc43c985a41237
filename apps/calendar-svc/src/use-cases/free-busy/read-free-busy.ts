import {
  fail,
  freeBusyQuerySchema,
  parseQuery,
  type Caller,
  type FreeBusy,
  type FreeBusyItem,
} from '@daybook/contracts';
import { type BusyTime, joinBusy, type TimeWindow } from '@daybook/domain';
import type { Availability } from '@daybook/provider-port';
import type { ListSurroundings } from '../list-meetings';
import { invalidRange } from '../page-reader';
import { requireEnabled, viewerOf } from '../viewer';
import { askedPeople, type AskedPerson, type PeopleSurroundings } from './asked-people';
import { ownTimes, type OwnTimes } from './own-times';
import { timesOfOthers, type OthersSurroundings } from './times-of-others';

export interface FreeBusySurroundings extends ListSurroundings, PeopleSurroundings, OthersSurroundings {}

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 62;
const EARLIEST = Date.UTC(1990, 0);
const LATEST = Date.UTC(2100, 0);

/**
 * `GET /v1/free-busy`: when people are taken, and never by what. The caller's own time is read here; others' is asked of the
 * providers of the caller's connections, who decide what they tell to whom.
 */
export async function readFreeBusy(
  caller: Caller,
  query: Readonly<Record<string, unknown>>,
  around: FreeBusySurroundings,
): Promise<FreeBusy> {
  const viewer = await viewerOf(caller, around.store, around.policy);
  if (viewer.service) throw fail('forbidden', 'An API key has no person behind it.');
  requireEnabled(viewer);
  const { users, ...asked } = parseQuery(freeBusyQuerySchema, query);
  const window = windowOf(asked);
  const people = await askedPeople(caller, users, viewer, around);
  const others = [...new Set(people.flatMap(({ isMe, addresses }) => (isMe ? [] : addresses)))];
  const told = others.length === 0 ? new Map() : await timesOfOthers(viewer, others, window, around);
  const own = people.some(({ isMe }) => isMe) ? await ownTimes(viewer, window, around) : null;
  return {
    items: people.map((person) => (person.isMe && own ? ownItem(person, own) : itemOf(person, told, window))),
  };
}

function windowOf(asked: { readonly from: string; readonly to: string }): TimeWindow {
  const [from, to] = [Date.parse(asked.from), Date.parse(asked.to)];
  if (from >= to) throw invalidRange('`to` must lie after `from`.');
  if (to - from > LONGEST_DAYS * DAY_MS) throw invalidRange(`At most ${LONGEST_DAYS} days can be asked for at once.`);
  if (from < EARLIEST || to > LATEST) throw invalidRange('This is too far away.');
  return { from, to };
}

function ownItem(person: AskedPerson, { busy, isAll }: OwnTimes): FreeBusyItem {
  return { ...nameOf(person), busy: busy.map(onTheWire), ...(isAll ? {} : { reason: 'incomplete' }) };
}

/**
 * Of somebody with several addresses all that is known of any counts. One that nobody knows is no mailbox, so that nothing is
 * missing for it.
 */
function itemOf(person: AskedPerson, told: ReadonlyMap<string, Availability>, window: TimeWindow): FreeBusyItem {
  const answers = person.addresses.map((email) => ({ email, answer: told.get(email) }));
  const known = answers.flatMap(({ email, answer }) => (answer?.known ? [{ email, busy: answer.busy }] : []));
  const because = answers.flatMap(({ answer }) => (answer && !answer.known ? [answer.because] : []));
  const missing = because.find((reason) => reason !== 'unknown_address');
  const [first] = known;
  if (!first) return { ...nameOf(person), busy: [], reason: missing ?? because[0] ?? 'not_told' };
  const busy = joinBusy(
    known.flatMap((one) => one.busy),
    window,
  ).map(onTheWire);
  return { ...nameOf(person), email: first.email, busy, ...(missing ? { reason: 'incomplete' } : {}) };
}

function nameOf({ userId, addresses }: AskedPerson): Pick<FreeBusyItem, 'userId' | 'email'> {
  return { ...(userId === null ? {} : { userId }), email: addresses[0] };
}

function onTheWire({ start, end, status }: BusyTime): FreeBusyItem['busy'][number] {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString(), status };
}
