import { deterministicId } from '@daybook/platform/crypto';
import {
  ProviderError,
  type CalendarSession,
  type Provider,
  type RemoteIdForm,
  type TranslateRequest,
} from '@daybook/provider-port';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { allCalendars } from './first-look';
import { matchCalendars } from './match-calendars';
import type { RunSurroundings } from './run-surroundings';

/*
 * A connection keeps its id when the way it works changes, and with it everything of its person. Another provider calls the same
 * calendars and items by other names: what is stored is renamed where the new provider can translate, and the rest is found by
 * content in a full listing, which removes nothing before it is complete. Each step is noted, so that a run which ended in the
 * middle is gone on with. Limits: under the connection's lease only; nothing here retries or sleeps.
 */

type Surroundings = Pick<RunSurroundings, 'store' | 'takeovers' | 'providerFor' | 'clock' | 'stopped' | 'log'>;

export interface OpenedBy {
  readonly provider: Provider;
  readonly session: CalendarSession;
}

export interface TakenOver {
  readonly connection: ConnectionRecord;
  /** Whether calendars are not any more as they were read before. */
  readonly moved: boolean;
}

/** Goes on with what is still to be done; nothing for nearly every run. @throws ProviderError */
export async function takeOver(before: ConnectionRecord, opened: OpenedBy, around: Surroundings): Promise<TakenOver> {
  const connection = await renameCalendars(before, opened, around);
  let moved = connection !== before;
  // Only where calendars were renamed once, something may be left to do.
  if (!connection.renamed) return { connection, moved };
  for (const calendar of await around.store.calendarsOf(connection._id)) {
    if (!hasFormerNames(calendar)) continue;
    moved = true;
    if (calendar.takeover?.step === 'mark') await around.takeovers.markItems(calendar);
    if (!(await renameItems(calendar, opened.session, around))) break;
  }
  return { connection, moved };
}

/** Until they are translated, or known not to be, nothing may be asked by the names of its items. */
export function hasFormerNames({ takeover }: Pick<CalendarRecord, 'takeover'>): boolean {
  return takeover?.step === 'mark' || takeover?.step === 'translate';
}

async function renameCalendars(
  connection: ConnectionRecord,
  { provider, session }: OpenedBy,
  around: Surroundings,
): Promise<ConnectionRecord> {
  const { namedBy, ...rest } = connection;
  if (namedBy === undefined) return connection;
  const before = around.providerFor({ ...connection, method: namedBy });
  const stored = await around.store.calendarsOf(connection._id);
  if (before?.key === provider.key || stored.length === 0) {
    await around.takeovers.keepNames(connection);
    return rest;
  }
  const form = before?.calendar?.remoteIdForm ?? null;
  const listed = await allCalendars(session);
  const translated = await translate(session, { of: 'calendars', form, remoteIds: stored.map(remoteIdOf) });
  const firstIdOf = (remoteId: string): string => deterministicId('cal', connection._id, remoteId);
  const matched = matchCalendars(stored, listed, { translated, firstIdOf });
  const names = stored.map((calendar) => ({ calendar, remoteId: matched.get(calendar._id) ?? null }));
  const now = new Date(around.clock.now());
  if (!(await around.takeovers.renameCalendars({ connection, names, form, now })))
    throw new ProviderError('Unavailable', { detail: 'the connection has changed meanwhile' });
  around.log('calendars taken over', {
    connectionId: connection._id,
    calendars: stored.length,
    found: matched.size,
  });
  return { ...rest, renamed: true, listDueAt: now };
}

/** False where it was stopped before the end. */
async function renameItems(calendar: CalendarRecord, session: CalendarSession, around: Surroundings): Promise<boolean> {
  const { takeovers, stopped } = around;
  const form = calendar.takeover?.form ?? null;
  if (form !== null && session.translateIds) {
    for await (const remoteIds of takeovers.formerNames(calendar._id)) {
      if (stopped()) return false;
      await takeovers.renameItems(calendar._id, await translate(session, { of: 'items', form, remoteIds }));
    }
  }
  const places = await takeovers.formerPlaces(calendar._id);
  const names = new Map(await translate(session, { of: 'items', form, remoteIds: places.map(remoteIdOf) }));
  for (const { remoteId, keys } of places) {
    if (stopped()) return false;
    const found = names.has(remoteId) ? null : await madeWith(keys, calendar, session);
    if (found !== null) names.set(remoteId, found);
  }
  await takeovers.renameItems(calendar._id, names);
  await takeovers.endTranslation(calendar._id);
  return true;
}

/** What one of these keys has made is there under the name that this provider gives it. */
async function madeWith(
  keys: readonly string[],
  { remoteId: calendarRemoteId, timeZone }: CalendarRecord,
  { writes }: CalendarSession,
): Promise<string | null> {
  for (const key of keys) {
    const made = (await writes?.made({ calendarRemoteId, timeZone, key })) ?? null;
    if (made !== null) return made.remoteId;
  }
  return null;
}

const remoteIdOf = ({ remoteId }: { readonly remoteId: string }): string => remoteId;

async function translate(
  session: CalendarSession,
  { form, ...request }: Omit<TranslateRequest, 'form'> & { readonly form: RemoteIdForm | null },
): Promise<ReadonlyMap<string, string>> {
  if (form === null || request.remoteIds.length === 0 || !session.translateIds) return new Map();
  return session.translateIds({ ...request, form });
}
