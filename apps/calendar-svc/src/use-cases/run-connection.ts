import type { AccessGrant } from '@daybook/contracts';
import {
  asProviderError,
  ProviderError,
  type CalendarSession,
  type ChangeNotificationPort,
  type Provider,
  type ProviderAccess,
} from '@daybook/provider-port';
import { beginDelta, isSilence, reactionTo, runCalendar, type Glance, type Reaction } from '@daybook/sync-engine';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { CalendarMoved } from '../ports/calendar-moved';
import { askForAside } from './ask-for-aside';
import type { RunEnd } from './server-places';
import { isOfAnotherMethod } from './kept-access';
import { keepChannel } from './keep-channels';
import { partReport } from './part-report';
import { refreshList } from './refresh-list';
import { mayRun, type FirstSession } from './first-looks';
import { lookAt, type Look, type RunStart } from './run-start';
import type { RunSurroundings } from './run-surroundings';
import { settleCalendarFailure, settleFailure } from './settle-run-failure';
import { hasFormerNames, takeOver } from './take-over';
import { writeBack } from './write-back';

/*
 * One run over one connection, under its lease: the list of calendars when that is due, then every calendar that is due,
 * the primary first, again and again until nothing is due or others wait. What a provider's error leads to is decided by the engine's
 * `reactionTo` and carried out here. Nothing here sleeps: what has to wait is written down and the run ends.
 */

export async function runConnection(start: RunStart, around: RunSurroundings): Promise<RunEnd> {
  const connection = await start.connection;
  if (!connection || !mayRun(connection, around.clock.now())) return 'unasked';
  const provider = around.providerFor(connection);
  if (!provider?.calendar) return 'unasked';
  const { serverOf } = provider;
  const run = (): Promise<RunEnd> => runAt(start, { connection, provider }, around);
  return serverOf ? runInPlace(start, { connection, serverOf, run }, around) : run();
}

interface RunInPlace {
  readonly connection: ConnectionRecord;
  readonly serverOf: NonNullable<Provider['serverOf']>;
  readonly run: () => Promise<RunEnd>;
}

/** Where people name servers, a connection waits for a place at its own, and is not asked while that answers nobody. */
async function runInPlace(
  start: RunStart,
  { connection, serverOf, run }: RunInPlace,
  around: RunSurroundings,
): Promise<RunEnd> {
  const grant = await start.access.catch(() => null);
  const place = around.servers.enter(connection._id, grant?.type === 'access' ? serverOf(grant) : null);
  if (place.type === 'waits') return 'unasked';
  if (place.type === 'silent') {
    const error = new ProviderError('Unavailable', { detail: 'its server has just answered nobody' });
    await settleFailure(connection, error, around);
    await reportPart(connection._id, around);
    return 'unasked';
  }
  let end: RunEnd = 'unasked';
  try {
    end = await run();
  } finally {
    place.leave(end);
  }
  return end;
}

async function runAt(
  start: RunStart,
  { connection, provider }: { readonly connection: ConnectionRecord; readonly provider: Provider },
  around: RunSurroundings,
): Promise<RunEnd> {
  const { connectionId } = start;
  const used: { access: ProviderAccess | null } = { access: null };
  let end: RunEnd = 'through';
  try {
    await withAccess(start, { connection, provider }, around, async ({ token, session, look: first }) => {
      used.access = { token };
      const taken = await takeOver(connection, { provider, session }, around);
      const { glance, listed } = await refreshList(taken.connection, { session, look: first }, around);
      const look = listed || taken.moved ? null : await start.look;
      end = await runDueCalendars(connection, { session, glance, look }, around);
      // Both are still due then.
      if (around.sliceOver()) return;
      await askForAside(connection._id, session, around);
      if (provider.notifications) await keepChannels(connection._id, provider.notifications, token, around);
    });
    if (connection.failures > 0 || connection.problem)
      await around.store.noteConnection(connectionId, { failures: 0, problem: null, notBefore: null });
  } catch (error) {
    if (around.stopped()) return 'unasked';
    const fault = asProviderError(error);
    end = used.access === null ? 'unasked' : isSilence(fault) ? 'silent' : 'through';
    await settleFailure(connection, fault, around);
  }
  await reportPart(connectionId, around, used.access && provider.certificateExpiry?.(used.access));
  return end;
}

/** Runs with access; a token the provider refuses is renewed once and the same is tried again. */
async function withAccess(
  { connectionId, access, first }: RunStart,
  { connection, provider }: { readonly connection: ConnectionRecord; readonly provider: Provider },
  around: RunSurroundings,
  work: (opened: Opened) => Promise<void>,
): Promise<void> {
  const asked = tokenOf(await access, connection, around);
  const opened: Opened = (await first()) ?? openCalendar(provider, asked);
  const { token } = opened;
  try {
    await work(opened);
  } catch (error) {
    await tellOfRefusal(error, { connectionId, token }, around);
    if (!(error instanceof ProviderError) || error.kind !== 'AccessExpired') throw error;
    const renewed = tokenOf(await around.access.get(connectionId, token), connection, around);
    await work(openCalendar(provider, renewed)).catch(async (again: unknown) => {
      await tellOfRefusal(again, { connectionId, token: renewed }, around);
      if (again instanceof ProviderError && again.kind === 'AccessExpired')
        await around.access.revoked(connectionId, renewed);
      throw again;
    });
  }
}

/**
 * No refresh helps: the person has to sign in again, with what the provider wants to see where it said that. Where auth-svc cannot
 * be told, the connection stops here all the same.
 */
async function tellOfRefusal(
  error: unknown,
  { connectionId, token }: { connectionId: string; token: string },
  { access, log }: RunSurroundings,
): Promise<void> {
  if (!(error instanceof ProviderError) || error.kind !== 'ConsentRevoked') return;
  const told = access.revoked(connectionId, token, ...(error.claims === null ? [] : [error.claims]));
  await told.catch(() => log('a refusal could not be told', { connectionId }));
}

type Opened = Omit<FirstSession, 'look'> & { readonly look: FirstSession['look'] | null };

function openCalendar(provider: Provider, token: string): Opened {
  if (!provider.calendar) throw new ProviderError('Unknown', { detail: 'provider has no calendar' });
  return { token, session: provider.calendar.open({ token }), look: null };
}

/** @throws ProviderError where there is no access now, in the words of whoever refused it */
export function tokenOf(
  grant: AccessGrant,
  connection: ConnectionRecord,
  around: Pick<RunSurroundings, 'clock'>,
): string {
  if (grant.type === 'refused') {
    const retryAfterMs = grant.retryAt ? Math.max(0, Date.parse(grant.retryAt) - around.clock.now()) : null;
    // A connection auth-svc has stopped waits for its next word, which comes as an event.
    const kind = grant.kind === 'Stopped' ? 'Unavailable' : grant.kind;
    throw new ProviderError(kind, { detail: `access refused: ${grant.kind}`, retryAfterMs });
  }
  // What one provider is shown is no other one's business: auth-svc's word on the change is under way.
  if (isOfAnotherMethod(grant, connection))
    throw new ProviderError('Unavailable', { detail: 'the connection works in another way by now' });
  const wait = grant.notBefore ? Date.parse(grant.notBefore) - around.clock.now() : 0;
  if (wait > 0) throw new ProviderError('Throttled', { detail: 'connection is waiting', retryAfterMs: wait });
  return grant.token;
}

/** A calendar that changes all the time must not keep a run busy for ever. */
const ROUNDS_FOR_EACH = 5;

async function runDueCalendars(
  connection: ConnectionRecord,
  begun: { session: CalendarSession; glance: Glance | null; look: Look | null },
  around: RunSurroundings,
): Promise<'through' | 'unfinished'> {
  const { session, glance } = begun;
  const failed = new Set<string>();
  let unwritten: ProviderError | null = null;
  let rounds = 0;
  for (let look = begun.look; ; look = null) {
    if (around.stopped()) return 'through';
    const { calendars, fault }: Written = await written(connection._id, session, { look, around, unwritten });
    unwritten = fault;
    const now = around.clock.now();
    const due = calendars.find((calendar) => isDue(calendar, now) && !failed.has(calendar._id));
    if (!due && unwritten) throw unwritten;
    if (!due) return 'through';
    // Not in the first round, so that every run gets on, however little time there is.
    const isEnough = rounds >= ROUNDS_FOR_EACH * calendars.length || (rounds > 0 && around.sliceOver());
    if (isEnough && unwritten) throw unwritten;
    if (isEnough) return 'unfinished';
    rounds += 1;
    try {
      const outcome = await runCalendar({
        session,
        calendarRemoteId: due.remoteId,
        store: around.syncStore(due),
        now: around.clock.now,
        stopped: () => around.stopped() || around.writesWait(),
        sliceOver: around.sliceOver,
        limits: around.removalLimits,
        ...(glance ? { glance } : {}),
        ...(due.cursor === null || due.listing ? {} : { delta: beginDelta(session, due.remoteId, due.cursor) }),
      });
      if (outcome.type === 'stopped') continue;
      if (due.lastSuccessAt === null) await reportPart(connection._id, around);
    } catch (error) {
      if (around.stopped()) return 'through';
      // A person's intention came between: planned again, after it has been written.
      if (error instanceof CalendarMoved) continue;
      const reaction = reactionTo(asProviderError(error));
      if (!concernsOneCalendar(reaction, due)) throw error;
      failed.add(due._id);
      await settleCalendarFailure(due, reaction, asProviderError(error), around);
    }
  }
}

interface Written {
  readonly calendars: readonly CalendarRecord[];
  /** Of a write without an answer: what is due is read all the same, and then the connection waits. */
  readonly fault: ProviderError | null;
}

/** Writes what waits, unless that was in vain in this run, and gives the calendars as they are then. */
async function written(
  connectionId: string,
  session: CalendarSession,
  { look, around, unwritten }: { look: Look | null; around: RunSurroundings; unwritten: ProviderError | null },
): Promise<Written> {
  around.writesSeen();
  const { calendars, writes } = look ?? (await lookAt(connectionId, around));
  if (writes === 0 || unwritten || calendars.some(isStillComing)) return { calendars, fault: unwritten };
  try {
    await writeBack(session, connectionId, around);
    return { calendars: await around.store.calendarsOf(connectionId), fault: null };
  } catch (error) {
    if (!(error instanceof ProviderError) || !isSilence(error)) throw error;
    return { calendars: await around.store.calendarsOf(connectionId), fault: error };
  }
}

/** What waits to be written may be in the listing under another name: it waits for that, unless there is none for now. */
function isStillComing({ takeover, selected, failures, review }: CalendarRecord): boolean {
  return !!takeover && selected && failures === 0 && review === null;
}

export function isDue(calendar: CalendarRecord, now: number): boolean {
  if (!calendar.selected || hasFormerNames(calendar)) return false;
  return calendar.nextSyncAt.getTime() <= now || (calendar.requested > calendar.served && calendar.failures === 0);
}

function concernsOneCalendar(reaction: Reaction, { owned }: CalendarRecord): boolean {
  if (reaction.action === 'stop') return !owned && reaction.code === 'permission_missing';
  return reaction.action === 'quarantine' || reaction.action === 'retire' || reaction.action === 'resync';
}

/** Push is an accelerator: what goes wrong with it is noted, and the poll goes on. */
async function keepChannels(
  connectionId: string,
  notifications: ChangeNotificationPort,
  token: string,
  around: RunSurroundings,
): Promise<void> {
  for (const calendar of await around.store.calendarsOf(connectionId)) {
    if (!calendar.selected || calendar.lastSuccessAt === null || around.stopped()) continue;
    try {
      await keepChannel(calendar, { store: around.store, clock: around.clock, notifications, access: { token } });
    } catch (error) {
      const { kind, claims, message } = asProviderError(error);
      // What concerns the whole connection settles the run, after everything else in it has been stored.
      if (kind === 'AccessExpired' || kind === 'Throttled' || claims !== null) throw error;
      around.log('push not available', { calendarId: calendar._id, kind, why: message });
    }
  }
}

/** `certificateExpiresAt`: of the server, as far as it was seen. */
export async function reportPart(
  connectionId: string,
  around: Pick<RunSurroundings, 'store' | 'reporter' | 'clock'>,
  certificateExpiresAt: number | null = null,
): Promise<void> {
  const connection = await around.store.connection(connectionId);
  if (!connection || connection.status === 'deleted') return;
  const calendars = await around.store.calendarsOf(connectionId);
  await around.reporter.report({
    ...partReport(connection, calendars, new Date(around.clock.now())),
    ...(certificateExpiresAt === null ? {} : { certificateExpiresAt: new Date(certificateExpiresAt) }),
  });
}
