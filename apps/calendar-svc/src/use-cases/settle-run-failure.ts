import type { StandingCode, StandingProblem } from '@daybook/contracts';
import type { ProviderError } from '@daybook/provider-port';
import { backOffMs, reactionTo, TooManyItems, type Reaction } from '@daybook/sync-engine';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { otherWay } from './other-way';
import type { RunSurroundings } from './run-surroundings';

/** After three failures in a row that nobody can explain, an operator is told. */
const TRIES = 3;

const refused = {
  code: 'shared_calendar_refused',
  detail: 'This calendar of somebody else may not be read: its owner, or the consent given, does not allow it.',
  blame: 'user',
} as const;
const notUnderstood = {
  code: 'provider_fault',
  detail: 'The provider answered in a way that could not be understood. It is tried again.',
  blame: 'provider',
} as const;

function tooMany({ most }: TooManyItems): Omit<StandingProblem, 'since'> {
  const detail = `This calendar has more than the ${most.toLocaleString('en')} items that are read of one. What was read stays; no more is read.`;
  return { code: 'provider_fault', detail, blame: 'provider' };
}

/** A fault of one calendar: the others go on, this one is tried again later. */
export async function settleCalendarFailure(
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
  const isRefused = reaction.action === 'stop';
  around.log('calendar run failed', {
    calendarId: calendar._id,
    kind: error.kind,
    failures,
    mustAct: !isRefused && failures >= TRIES,
  });
  await around.store.noteFailure(calendar._id, {
    failures,
    nextSyncAt: new Date(at + backOffMs(failures, around.random)),
    problem: {
      ...(isRefused ? refused : error instanceof TooManyItems ? tooMany(error) : notUnderstood),
      since: calendar.problem?.since ?? new Date(at).toISOString(),
    },
  });
}

const sentences: Record<string, string> = {
  consent_revoked: 'The provider says that access was withdrawn. Connect again.',
  sign_in_needed: 'Your organisation wants you to sign in again. Connect again.',
  admin_approval_needed: 'An administrator of your organisation has to approve this first.',
  permission_missing: 'The permission for calendars is missing. Ask for it again.',
  no_mailbox: 'There is no mailbox behind this account.',
  untrusted_server: 'The server could not be trusted.',
  password_refused: 'The server no longer takes the password; it is not tried again. Enter the new one.',
  provider_throttled: 'The provider asked us to wait.',
  provider_unavailable: 'The provider does not answer at the moment. It is tried again.',
  provider_fault: 'The provider answered in a way that could not be understood. It is tried again.',
};

/** A fault of the whole connection: written down with what a person is told, and when it is tried again. */
export async function settleFailure(
  connection: ConnectionRecord,
  error: ProviderError,
  around: RunSurroundings,
): Promise<void> {
  const reaction = reactionTo(error);
  const now = around.clock.now();
  const failures = connection.failures + 1;
  const told = reaction.action === 'delay' ? reaction.ms : null;
  const wait = told ?? (await patientBackOff(connection._id, failures, around));
  const code = standingCode(connection, reaction, around);
  around.log('connection run failed', {
    connectionId: connection._id,
    kind: error.kind,
    failures,
    mustAct: code === 'provider_fault' && failures >= TRIES,
  });
  const notBefore = new Date(now + (reaction.action === 'stop' ? STOPPED_MS : wait));
  if (reaction.action === 'delay' && reaction.ms !== null) await around.access.throttle(connection._id, notBefore);
  if (told !== null) around.wakeAt(connection._id, notBefore);
  await around.store.noteConnection(connection._id, {
    failures,
    notBefore,
    problem: {
      code,
      detail: code === 'switched_off' ? switchedOff(connection, around) : (sentences[code] ?? UNREADABLE),
      blame: blameOf(code),
      since: connection.problem?.since ?? new Date(now).toISOString(),
    },
  });
}

const UNREADABLE = 'The provider could not be read.';

/** Who signs in with a form of ours is asked for the password, and not for a consent. */
function standingCode(connection: ConnectionRecord, reaction: Reaction, around: RunSurroundings): StandingCode {
  const code = 'code' in reaction ? reaction.code : 'provider_fault';
  const isForm = around.providerFor(connection)?.auth.form !== undefined;
  return code === 'consent_revoked' && isForm ? 'password_refused' : code;
}

function switchedOff(connection: ConnectionRecord, { providerFor }: RunSurroundings): string {
  const other = otherWay(connection, (way) => providerFor({ ...connection, ...way }));
  return `Your organisation switched this off. ${other === null ? 'Ask its administrator.' : `Reconnect with ${other}.`}`;
}

const BLAME: Partial<Record<StandingCode, StandingProblem['blame']>> = {
  consent_revoked: 'user',
  password_refused: 'user',
  sign_in_needed: 'user',
  permission_missing: 'user',
  admin_approval_needed: 'admin',
  untrusted_server: 'admin',
  switched_off: 'admin',
};

const blameOf = (code: StandingCode): StandingProblem['blame'] => BLAME[code] ?? 'provider';

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
