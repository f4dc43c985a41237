import { CHAIN_START, verifyChain, type ChainedRecord, type ChainVerdict } from '../model/audit-chain';
import { AuditStore } from '../ports/audit-store';

const PAGE = 1000;

/** Whether an account's trail is what was once written. */
export class CheckAuditTrail {
  constructor(private readonly trail: AuditStore) {}

  async run(accountId: string): Promise<ChainVerdict> {
    const head = await this.trail.head(accountId);
    const links: ChainedRecord[] = [];
    for (;;) {
      const page = await this.trail.read(accountId, links.at(-1)?.number ?? CHAIN_START.number, PAGE);
      links.push(...page.filter(({ number }) => number <= head.number));
      if (page.length < PAGE) return verifyChain(links, head);
    }
  }
}
