import { fail, type Caller, type Connection, type Diagnosis, type DiagnosisItem } from '@daybook/contracts';
import type { Provider } from '@daybook/provider-port';
import type { AccessSource } from '../ports/access-source';
import type { Clock } from '../ports/clock';
import type { DiagnosisFacts, DiagnosisStore } from '../ports/diagnosing';
import { DiagnosisRun, type DiagnosisLimits } from './diagnosis-run';
import { diagnosisItem } from './diagnosis-words';
import { otherWay } from './other-way';
import { runDiagnosis } from './run-diagnosis';

export interface DiagnosisSurroundings {
  readonly store: DiagnosisStore;
  readonly facts: DiagnosisFacts;
  readonly access: AccessSource;
  readonly clock: Clock;
  readonly providerOf: (way: Pick<Connection, 'service' | 'method'>) => Provider | null;
  readonly newKey: () => string;
  readonly limits: DiagnosisLimits;
  readonly failed: (error: unknown) => void;
}

/** From the start of one diagnosis of a connection to the next: a person may look again soon, a loop may not. */
const REST_MS = 2_000;
/** A diagnosis whose process died counts as over after this; longer than any request it has sent may last. */
const OVER_MS = 3 * 60_000;

/**
 * `POST /v1/connections/{id}/diagnose`. Gives every finding to `tell` as it comes, and all of them at the end. Works for
 * a connection that does not: what cannot be checked is skipped with the reason.
 */
export async function diagnoseConnection(
  caller: Caller,
  connectionId: string,
  around: DiagnosisSurroundings,
  tell: (item: DiagnosisItem) => void,
): Promise<Diagnosis> {
  const policy = await around.facts.policy(caller.accountId);
  if (!policy.enabled) throw fail('integration_disabled');
  const connection = await around.facts.connection(caller, connectionId);
  const provider = around.providerOf(connection);
  if (!provider) throw fail('capability_not_available');
  const runId = await begin(connectionId, around);
  const { access, clock, newKey, limits } = around;
  const run = new DiagnosisRun({
    connectionId,
    facts: { connection, policy },
    provider,
    access,
    notes: around.store.notesOf(connectionId),
    now: () => clock.now(),
    newKey,
    limits,
  });
  try {
    return await findings(run, otherWay(connection, around.providerOf), tell);
  } finally {
    // Late work still holds the connection's turn, and nobody waits for it.
    void run
      .settled()
      .then(() => around.store.end(connectionId, runId))
      .catch(around.failed);
  }
}

async function findings(
  run: DiagnosisRun,
  other: string | null,
  tell: (item: DiagnosisItem) => void,
): Promise<Diagnosis> {
  const items: DiagnosisItem[] = [];
  for await (const result of runDiagnosis(run)) {
    const item = diagnosisItem(result, other);
    items.push(item);
    tell(item);
  }
  return { items };
}

async function begin(connectionId: string, { store, clock, newKey }: DiagnosisSurroundings): Promise<string> {
  const now = clock.now();
  const runId = newKey();
  const start = { connectionId, runId, now: new Date(now), until: new Date(now + OVER_MS) };
  const freeAt = await store.begin({ ...start, restUntil: new Date(now + REST_MS) });
  if (freeAt === null) return runId;
  const retryAfter = Math.min(60, Math.max(1, Math.ceil((freeAt.getTime() - now) / 1000)));
  throw fail('rate_limited', 'This connection is being checked, or was a moment ago.', { retryAfter });
}
