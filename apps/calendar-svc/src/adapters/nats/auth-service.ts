import {
  authAccessGet,
  authAccessRevoked,
  authAccessThrottle,
  authConnectionRecord,
  authConnectionRecords,
  authConnectionReport,
  authMeGet,
  authPersonAddress,
  authReceiptReport,
  ProblemError,
} from '@daybook/contracts';
import type { AccessGrant, Caller, ConnectionRecord } from '@daybook/contracts';
import type { RpcClient } from '@daybook/platform/nats';
import type { AccessSource, PartReport, PartReporter } from '../../ports/access-source';
import type { Colleagues } from '../../ports/colleagues';
import type { PurgeReporter } from '../../use-cases/follow-connection';
import { toCoverage } from '../../use-cases/shown-stretch';

/** A refresh at the provider may be behind an access request, so it gets longer than a plain call. */
const ACCESS_DEADLINE_MS = 20_000;

/** auth-svc over request and reply. */
export class AuthService implements AccessSource, Colleagues, PartReporter, PurgeReporter {
  constructor(private readonly rpc: RpcClient) {}

  async get(connectionId: string, rejected?: string): Promise<AccessGrant> {
    const input = { connectionId, part: 'calendar' as const, ...(rejected === undefined ? {} : { rejected }) };
    try {
      return await this.rpc.call(authAccessGet, input, { deadlineMs: ACCESS_DEADLINE_MS });
    } catch (error) {
      // Our own outage is treated as the provider's: wait and try again.
      if (!(error instanceof ProblemError)) throw error;
      const kind = error.problem.status === 404 ? 'Stopped' : 'Unavailable';
      return { type: 'refused', kind, detail: error.problem.code, retryAt: null };
    }
  }

  async person(caller: Caller): Promise<{ name: string; email: string }> {
    const { user } = await this.rpc.call(authMeGet, { caller });
    return { name: user.name, email: user.email };
  }

  async addressOf(accountId: string, userId: string): Promise<string | null> {
    try {
      return (await this.rpc.call(authPersonAddress, { accountId, userId })).email;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 404) return null;
      throw error;
    }
  }

  async throttle(connectionId: string, notBefore: Date): Promise<void> {
    await this.rpc.call(authAccessThrottle, { connectionId, notBefore: notBefore.toISOString() });
  }

  async revoked(connectionId: string, rejected: string, claims?: string): Promise<void> {
    await this.rpc.call(authAccessRevoked, { connectionId, rejected, ...(claims === undefined ? {} : { claims }) });
  }

  async report(report: PartReport): Promise<void> {
    const { connectionId, state, progress, problem, coverage, certificateExpiresAt } = report;
    await this.rpc.call(authConnectionReport, {
      connectionId,
      part: 'calendar',
      at: report.at.toISOString(),
      state,
      lastSuccessAt: report.lastSuccessAt?.toISOString() ?? null,
      nextAttemptAt: report.nextAttemptAt?.toISOString() ?? null,
      ...(progress ? { progress } : {}),
      ...(problem ? { problem } : {}),
      ...(coverage ? { coverage: toCoverage(coverage) } : {}),
      ...(certificateExpiresAt ? { certificateExpiresAt: certificateExpiresAt.toISOString() } : {}),
    });
  }

  async purged(receiptId: string, purged: Parameters<PurgeReporter['purged']>[1], at: Date): Promise<void> {
    await this.rpc.call(authReceiptReport, { receiptId, part: 'calendar', purged, at: at.toISOString() });
  }

  /** Null when auth-svc does not know it any more. */
  async record(connectionId: string): Promise<ConnectionRecord | null> {
    try {
      return await this.rpc.call(authConnectionRecord, { connectionId });
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 404) return null;
      throw error;
    }
  }

  async *records(): AsyncGenerator<ConnectionRecord> {
    let after: string | undefined;
    for (;;) {
      const { items } = await this.rpc.call(authConnectionRecords, {
        limit: 200,
        ...(after === undefined ? {} : { after }),
      });
      yield* items;
      const last = items[items.length - 1];
      if (!last) return;
      after = last.connectionId;
    }
  }
}
