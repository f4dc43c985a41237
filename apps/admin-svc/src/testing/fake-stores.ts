import type { AuditRecord } from '@daybook/contracts';
import { chain, CHAIN_START, type ChainedRecord, type ChainHead } from '../model/audit-chain';
import { untouched, type PolicyRecord } from '../model/policy-record';
import { AuditStore } from '../ports/audit-store';
import { LivePush } from '../ports/live-push';
import { PolicyStore, type PolicyNews } from '../ports/policy-store';

export class FakePolicyStore extends PolicyStore {
  readonly news: PolicyNews[] = [];
  private readonly records = new Map<string, PolicyRecord>();

  async find(accountId: string): Promise<PolicyRecord> {
    return this.records.get(accountId) ?? untouched(accountId);
  }

  async replace(record: PolicyRecord, news: PolicyNews): Promise<boolean> {
    const before = this.records.get(record.accountId)?.revision ?? 0;
    if (before !== record.revision - 1) return false;
    this.records.set(record.accountId, record);
    this.news.push(news);
    return true;
  }
}

export class FakeAuditStore extends AuditStore {
  private readonly chains = new Map<string, ChainedRecord[]>();

  async append(record: AuditRecord): Promise<'added' | 'known'> {
    const links = this.chains.get(record.accountId) ?? [];
    if (links.some((link) => link.record.id === record.id)) return 'known';
    this.chains.set(record.accountId, [...links, chain(record, links.at(-1) ?? CHAIN_START)]);
    return 'added';
  }

  async read(accountId: string, afterNumber: number, limit: number): Promise<readonly ChainedRecord[]> {
    const links = this.chains.get(accountId) ?? [];
    return links.filter(({ number }) => number > afterNumber).slice(0, limit);
  }

  async head(accountId: string): Promise<ChainHead> {
    return this.chains.get(accountId)?.at(-1) ?? CHAIN_START;
  }
}

export class FakeLivePush extends LivePush {
  readonly pushed: string[] = [];

  policyChanged(accountId: string, version: string): void {
    this.pushed.push(`${accountId} ${version}`);
  }
}
