import {
  asProviderError,
  ProviderError,
  type CalendarSession,
  type ChangeNotificationPort,
  type Provider,
} from '@daybook/provider-port';
import { backOffMs, reactionTo, runCalendar, type Glance, type Reaction } from '@daybook/sync-engine';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { CalendarMoved } from '../ports/calendar-moved';
import { askForAside } from './ask-for-aside';
import { keepChannel } from './keep-channels';
import { partReport } from './part-report';
import { refreshList } from './refresh-list';
import type { RunSurroundings } from './run-surroundings';
import { writeBack } from './write-back';

/*
 * One run over one connection, under its lease: the list of calendars when that is due, then every calendar that is due,
 * the primary first, again and again until nothing is due. What a provider's error leads to is decided by the engine's
 * `reactionTo` and carried out here. Nothing here sleeps: what has to wait is written down and the run ends.
 */

/** After three failures in a row that nobody can explain, an operator is told. */
const TRIES = 3;

export async function runConnection(connectionId: string, around: RunSurroundings): Promise<void> {
  const connection = await around.store.connection(connectionId);
  if (!connection || !mayRun(connection, around.clock.now())) return;
  const provider = around.providerFor(connection);
  if (!provider?.calendar) return;
  try {
    await withAccess(connection, provider, around, async (session, token) => {
      const glance = await refreshList(connection, session, around);
      await runDueCalendars(connection, { session, glance }, around);
      await askForAside(connection._id, session, around);
      if (provider.notifications) await keepChannels(connection._id, provider.notifications, token, around);
    });
    if (connection.failures > 0 || connection.problem)
      await around.store.noteConnection(connectionId, { failures: 0, problem: null, notBefore: null });
  } catch (error) {
    if (around.stopped()) return;
    await settleFailure(connection, asProviderError(error), around);
  }
  await reportPart(connectionId, around);
}

function mayRun(connection: ConnectionRecord, now: number): boolean {
  return connection.status === 'live' && connection.readable && (connection.notBefore?.getTime() ?? 0) <= now;
}

/** Runs with access; a token the provider refuses is renewed once and the same is tried again. */
async function withAccess(
  connection: ConnectionRecord,
  provider: Provider,
  around: RunSurroundings,
  work: (session: CalendarSession, token: string) => Promise<void>,
): Promise<void> {
  const token = await accessToken(connection._id, around);
  try {
    await work(openCalendar(provider, token), token);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'AccessExpired') throw error;
    const renewed = await accessToken(connection._id, around, token);
    await work(openCalendar(provider, renewed), renewed).catch(async (again: unknown) => {
      if (again instanceof ProviderError && again.kind === 'AccessExpired')
        await around.access.revoked(connection._id, renewed);
      throw again;
    });
  }
}

function openCalendar(provider: Provider, token: string): CalendarSession {
  if (!provider.calendar) throw new ProviderError('Unknown', { detail: 'provider has no calendar' });
  return provider.calendar.open({ token });
}

async function accessToken(connectionId: string, around: RunSurroundings, rejected?: string): Promise<string> {
  const grant = await around.access.get(connectionId, rejected);
  if (grant.type === 'refused') {
    const retryAfterMs = grant.retryAt ? Math.max(0, Date.parse(grant.retryAt) - around.clock.now()) : null;
    // A connection auth-svc has stopped waits for its next word, which comes as an event.
    const kind = grant.kind === 'Stopped' ? 'Unavailable' : grant.kind;
    throw new ProviderError(kind, { detail: `access refused: ${grant.kind}`, retryAfterMs });
  }
  const wait = grant.notBefore ? Date.parse(grant.notBefore) - around.clock.now() : 0;
  if (wait > 0) throw new ProviderError('Throttled', { detail: 'connection is waiting', retryAfterMs: wait });
  return grant.token;
}

async function runDueCalendars(
  connection: ConnectionRecord,
  { session, glance }: { session: CalendarSession; glance: Glance | null },
  around: RunSurroundings,
): Promise<void> {
  const failed = new Set<string>();
  for (;;) {
    if (around.stopped()) return;
    await writeBack(session, connection._id, around);
    const now = around.clock.now();
    const calendars = await around.store.calendarsOf(connection._id);
    const due = calendars.find((calendar) => isDue(calendar, now) && !failed.has(calendar._id));
    if (!due) return;
    try {
      const outcome = await runCalendar({
        session,
        calendarRemoteId: due.remoteId,
        store: around.syncStore(due),
        now: around.clock.now,
        stopped: () => around.stopped() || around.writesWait(),
        limits: around.removalLimits,
        ...(glance ? { glance } : {}),
      });
      if (outcome.type === 'stopped') continue;
      if (due.lastSuccessAt === null) await reportPart(connection._id, around);
    } catch (error) {
      if (around.stopped()) return;
      // A person's intention came between: planned again, after it has been written.
      if (error instanceof CalendarMoved) continue;
      const reaction = reactionTo(asProviderError(error));
      if (!concernsOneCalendar(reaction)) throw error;
      failed.add(due._id);
      await settleCalendarFailure(due, reaction, asProviderError(error), around);
    }
  }
}

export function isDue(calendar: CalendarRecord, now: number): boolean {
  if (!calendar.selected) return false;
  return calendar.nextSyncAt.getTime() <= now || (calendar.requested > calendar.served && calendar.failures === 0);
}

function concernsOneCalendar(reaction: Reaction): boolean {
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
      const { kind } = asProviderError(error);
      if (kind === 'AccessExpired') throw error;
      around.log('channel not opened', { calendarId: calendar._id, kind });
    }
  }
}

async function settleCalendarFailure(
  calendar: CalendarRecord,
  reaction: Reaction,
  error: ProviderError,
  around: RunSurroundings,
): Promise<void> {
  if (reaction.action === 'retire') {
    // Gone from the provider while still listed: the list decides, and it is due now.
    await around.store.noteConnection(calendar.connectionId, { listDueAt: new Date(around.clock.now()) });
  }
  const failures = calendar.failures + 1;
  const at = around.clock.now();
  around.log('calendar run failed', {
    calendarId: calendar._id,
    kind: error.kind,
    failures,
    mustAct: failures >= TRIES,
  });
  await around.store.noteFailure(calendar._id, {
    failures,
    nextSyncAt: new Date(at + backOffMs(failures, around.random)),
    problem: {
      code: 'provider_fault',
      detail: 'The provider answered in a way that could not be understood. It is tried again.',
      blame: 'provider',
      since: calendar.problem?.since ?? new Date(at).toISOString(),
    },
  });
}

const sentences: Record<string, string> = {
  consent_revoked: 'The provider says that access was withdrawn. Connect again.',
  admin_approval_needed: 'An administrator of your organisation has to approve this first.',
  permission_missing: 'The permission for calendars is missing. Ask for it again.',
  no_mailbox: 'There is no mailbox behind this account.',
  untrusted_server: 'The server could not be trusted.',
  switched_off: 'Your organisation has switched this kind of access off.',
  provider_throttled: 'The provider asked us to wait.',
  provider_unavailable: 'The provider does not answer at the moment. It is tried again.',
  provider_fault: 'The provider answered in a way that could not be understood. It is tried again.',
};

async function settleFailure(
  connection: ConnectionRecord,
  error: ProviderError,
  around: RunSurroundings,
): Promise<void> {
  const reaction = reactionTo(error);
  const now = around.clock.now();
  const failures = connection.failures + 1;
  const told = reaction.action === 'delay' ? reaction.ms : null;
  const wait = told ?? (await patientBackOff(connection._id, failures, around));
  const code = 'code' in reaction ? reaction.code : 'provider_fault';
  around.log('connection run failed', {
    connectionId: connection._id,
    kind: error.kind,
    failures,
    mustAct: code === 'provider_fault' && failures >= TRIES,
  });
  const notBefore = new Date(now + (reaction.action === 'stop' ? STOPPED_MS : wait));
  if (reaction.action === 'delay' && reaction.ms !== null) await around.access.throttle(connection._id, notBefore);
  await around.store.noteConnection(connection._id, {
    failures,
    notBefore,
    problem: {
      code,
      detail: sentences[code] ?? 'The provider could not be read.',
      blame:
        code === 'consent_revoked' || code === 'permission_missing'
          ? 'user'
          : code === 'admin_approval_needed'
            ? 'admin'
            : 'provider',
      since: connection.problem?.since ?? new Date(now).toISOString(),
    },
  });
}

/** Somebody waits for what they wrote: then it is tried again within half a minute, however long the provider has been away. */
async function patientBackOff(connectionId: string, failures: number, around: RunSurroundings): Promise<number> {
  const wait = backOffMs(failures, around.random);
  const now = new Date(around.clock.now());
  const waiting = wait <= WRITES_WAIT_MS ? 0 : await around.store.dueWrites(connectionId, now);
  return waiting > 0 ? WRITES_WAIT_MS : wait;
}

const WRITES_WAIT_MS = 30_000;

/** A stopped connection waits for auth-svc's next word; looking again once a day costs nothing and mends a lost event. */
const STOPPED_MS = 86_400_000;

export async function reportPart(
  connectionId: string,
  around: Pick<RunSurroundings, 'store' | 'reporter' | 'clock'>,
): Promise<void> {
  const connection = await around.store.connection(connectionId);
  if (!connection || connection.status === 'deleted') return;
  const calendars = await around.store.calendarsOf(connectionId);
  await around.reporter.report(partReport(connection, calendars, new Date(around.clock.now())));
}
