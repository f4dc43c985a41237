import type { AccessGrant } from '@daybook/contracts';
import type { AccessSource } from '../ports/access-source';
import type { Clock } from '../ports/clock';
import type { ConnectionRecord } from '../ports/records';

const KEPT_MS = 30_000;
/** Access that ends sooner than this is not used again. */
const MARGIN_MS = 60_000;
const MOST_KEPT = 10_000;

/** Access that the connection got for working in another way than it is known here to work. */
export function isOfAnotherMethod(
  grant: AccessGrant,
  { method }: { readonly method: ConnectionRecord['method'] },
): boolean {
  return grant.type === 'access' && grant.method !== undefined && grant.method !== method;
}

type KnownConnection = Pick<ConnectionRecord, 'revision'> & { readonly method?: ConnectionRecord['method'] };

interface Kept {
  readonly grant: AccessGrant;
  /** Of the connection when it was given: auth-svc raises it with whatever may change what is allowed. */
  readonly revision: number;
  readonly until: number;
}

/**
 * Access of a moment ago, for a connection nothing has become of since: changes often come close together, and asking takes as
 * long as the rest of a small run. In memory only, for half a minute, and never after a provider has refused it.
 */
export class KeptAccess implements AccessSource {
  private readonly kept = new Map<string, Kept>();
  /** Being asked for, for runs that are about to begin. */
  private readonly expected = new Map<string, Promise<unknown>>();

  constructor(
    private readonly source: AccessSource,
    private readonly clock: Clock,
  ) {}

  /** A run of the connection will begin, once this word of auth-svc is stored: its access is asked for meanwhile. */
  expect(connectionId: string, revision: number): void {
    const kept = this.kept.get(connectionId);
    if (kept?.revision === revision && kept.until > this.clock.now()) return;
    const asked = this.ask(connectionId, Promise.resolve({ revision }))
      .catch(() => undefined)
      .finally(() => this.expected.delete(connectionId));
    this.expected.set(connectionId, asked);
  }

  /** For a run that begins; `connection` is being read meanwhile. */
  async begin(connectionId: string, connection: Promise<ConnectionRecord | null>): Promise<AccessGrant> {
    await this.expected.get(connectionId);
    const kept = this.kept.get(connectionId);
    if (!kept || kept.until <= this.clock.now()) return this.ask(connectionId, connection);
    const now = await connection;
    return now?.revision === kept.revision ? kept.grant : this.ask(connectionId, connection);
  }

  get(connectionId: string, rejected?: string): Promise<AccessGrant> {
    this.kept.delete(connectionId);
    return this.source.get(connectionId, rejected);
  }

  throttle(connectionId: string, notBefore: Date): Promise<void> {
    this.kept.delete(connectionId);
    return this.source.throttle(connectionId, notBefore);
  }

  revoked(connectionId: string, rejected: string, claims?: string): Promise<void> {
    this.kept.delete(connectionId);
    return this.source.revoked(connectionId, rejected, claims);
  }

  private async ask(connectionId: string, connection: Promise<KnownConnection | null>): Promise<AccessGrant> {
    this.kept.delete(connectionId);
    const [grant, now] = await Promise.all([this.source.get(connectionId), connection]);
    if (grant.type !== 'access' || grant.notBefore !== null || !now) return grant;
    // It was given a moment before the change that is known here already.
    if (now.method !== undefined && isOfAnotherMethod(grant, { method: now.method })) return grant;
    const until = Math.min(this.clock.now() + KEPT_MS, Date.parse(grant.expiresAt) - MARGIN_MS);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(connectionId, { grant, revision: now.revision, until });
    return grant;
  }
}
