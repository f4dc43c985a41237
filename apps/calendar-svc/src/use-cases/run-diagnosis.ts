import {
  asProviderError,
  failed,
  passed,
  skipped,
  type CheckOutcome,
  type CheckResult,
  type ProviderAccess,
  type RemoteCalendar,
  type SubscribeRequest,
} from '@daybook/provider-port';
import { checkPush, checkRead, checkWatch, checkWriteThenRemove } from '@daybook/sync-engine';
import { outcomeOfRun, type DiagnosisRun } from './diagnosis-run';
import { permissionsOutcome, writingObstacle } from './diagnosis-permissions';
import { earlyAccess, signIn, type EarlyAccess, type SignIn } from './diagnosis-sign-in';

/*
 * All checks of one diagnosis, one after the other. What a check needs and has not got makes it `skipped` with the reason.
 * Each has its own deadline, and so have all together; work that is not over by then ends by itself and is waited for by
 * whoever holds the run (`DiagnosisRun.settled`). Nothing here changes the connection's state or its sync.
 */

/** A channel that could not be stopped ends by itself after this. */
const CHANNEL_LIFE_MS = 5 * 60_000;

export async function* runDiagnosis(run: DiagnosisRun): AsyncGenerator<CheckResult, void, undefined> {
  const early = await earlyAccess(run);
  const reach = early?.denied
    ? { address: early.denied, tls: early.denied }
    : await reached(run, early?.access ?? null);
  yield { check: 'address', ...reach.address };
  yield { check: 'tls', ...reach.tls };
  const there = reach.address.outcome !== 'failed' && reach.tls.outcome !== 'failed';
  const signedIn = await signInIf(there || !!early?.denied, run, early);
  yield { check: 'sign_in', ...signedIn.outcome };
  yield { check: 'permissions', ...permissionsOutcome(run.parts.facts, signedIn.outcome) };
  const read = await readOutcome(run, signedIn);
  yield { check: 'read', ...read.outcome };
  yield { check: 'write_then_remove', ...(await writeOutcome(run, signedIn, read)) };
  yield { check: 'push', ...(await pushOutcome(run, signedIn, read)) };
}

/** Nothing is shown to a server that was not found or is not trusted; why there is no access can be told all the same. */
async function signInIf(mayAsk: boolean, run: DiagnosisRun, early: EarlyAccess | null): Promise<SignIn> {
  return mayAsk ? signIn(run, early?.grant) : { outcome: skipped('earlier_failed'), access: null };
}

async function reached(
  run: DiagnosisRun,
  access: ProviderAccess | null,
): Promise<{ address: CheckOutcome; tls: CheckOutcome }> {
  const { diagnosis } = run.parts.provider;
  if (!diagnosis) return { address: skipped('check_not_offered'), tls: skipped('check_not_offered') };
  const late = { address: failed('took_too_long'), tls: skipped('earlier_failed') };
  return run.within(diagnosis.reach(access), late);
}

interface Read {
  readonly outcome: CheckOutcome;
  /** The main one first; empty where nothing could be read. */
  readonly calendars: readonly RemoteCalendar[];
}

/** Why no call can be made, where none can: the reason that the sign-in gave, or that the provider asked to wait since. */
function withoutAccess(run: DiagnosisRun, { outcome, access }: SignIn): CheckOutcome | null {
  if (!access) return outcome.outcome === 'skipped' ? outcome : skipped('earlier_failed');
  if (run.isRefused()) return skipped('earlier_failed');
  if (run.mustWait()) return skipped('waiting_for_provider');
  return run.timeIsOver() ? skipped('out_of_time') : null;
}

async function readOutcome(run: DiagnosisRun, signedIn: SignIn): Promise<Read> {
  const not = withoutAccess(run, signedIn);
  const { calendar } = run.parts.provider;
  if (not || !signedIn.access || !calendar) {
    return { outcome: not ?? skipped('check_not_offered'), calendars: [] };
  }
  const session = calendar.open(signedIn.access);
  const work = checkRead(session, run.parts.now()).then(
    (calendars): Read => ({ outcome: calendars.length > 0 ? passed : failed('no_calendar'), calendars }),
    async (error: unknown): Promise<Read> => ({ outcome: await settled(run, error), calendars: [] }),
  );
  return run.within(work, { outcome: failed('took_too_long'), calendars: [] });
}

async function writeOutcome(run: DiagnosisRun, signedIn: SignIn, read: Read): Promise<CheckOutcome> {
  const writes = signedIn.access ? run.parts.provider.calendar?.open(signedIn.access).writes : undefined;
  const not = writingObstacle(run.parts.facts) ?? withoutAccess(run, signedIn) ?? unreadable(read);
  if (not) return not;
  if (!writes) return skipped('writes_not_offered');
  // Only the person's own: in somebody else's calendar others would see it come and go.
  const calendar = read.calendars.find(({ writable, owned }) => writable && owned);
  if (!calendar) return skipped('no_writable_calendar');
  const event = { calendarRemoteId: calendar.remoteId, timeZone: calendar.timeZone, key: run.parts.newKey() };
  return attempt(run, checkWriteThenRemove(writes, event, run.parts.notes));
}

async function pushOutcome(run: DiagnosisRun, signedIn: SignIn, read: Read): Promise<CheckOutcome> {
  const { notifications, watching } = run.parts.provider;
  if (!notifications && !watching) return skipped('no_public_address');
  const not = withoutAccess(run, signedIn) ?? unreadable(read);
  const [main] = read.calendars;
  const { access } = signedIn;
  if (not || !main || !access) return not ?? skipped('earlier_failed');
  const calendarRemoteId = main.remoteId;
  if (notifications) return attempt(run, checkPush(notifications, access, channelFor(run, calendarRemoteId)));
  if (!watching) return skipped('no_public_address');
  const signal = AbortSignal.timeout(run.parts.limits.checkMs);
  return attempt(run, checkWatch(watching, access, { calendarRemoteId, signal }));
}

function channelFor({ parts }: DiagnosisRun, calendarRemoteId: string): SubscribeRequest {
  const expiresAt = parts.now() + CHANNEL_LIFE_MS;
  return { calendarRemoteId, channelId: parts.newKey(), token: parts.newKey(), expiresAt };
}

function unreadable({ outcome }: Read): CheckOutcome | null {
  return outcome.outcome === 'passed' ? null : skipped('earlier_failed');
}

function attempt(run: DiagnosisRun, work: Promise<CheckOutcome>): Promise<CheckOutcome> {
  const outcome = work.catch((error: unknown) => settled(run, error));
  return run.within(outcome, failed('took_too_long'));
}

async function settled(run: DiagnosisRun, error: unknown): Promise<CheckOutcome> {
  await run.heard(asProviderError(error));
  return outcomeOfRun(run, error);
}
