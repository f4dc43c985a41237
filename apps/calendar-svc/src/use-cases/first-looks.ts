import type { AccessGrant } from '@daybook/contracts';
import type { CalendarSession } from '@daybook/provider-port';
import type { ConnectionRecord } from '../ports/records';
import { beginFirstLook, type FirstLook } from './first-look';
import { isOfAnotherMethod } from './kept-access';
import { quietly } from './quietly';
import { listIsDue } from './refresh-list';
import type { RunSurroundings } from './run-surroundings';
import type { ServerPlaces } from './server-places';

/** A session, and what its person waits for, already asked for. */
export interface FirstSession {
  readonly token: string;
  readonly session: CalendarSession;
  readonly look: FirstLook;
}

interface Begun {
  readonly at: number;
  /** Null once a run has taken it: its pages can be read once. */
  readonly session: Promise<FirstSession | null> | null;
}

/** As long as a run may take to come to it; afterwards what was asked is old. */
const KEPT_MS = 10_000;

/**
 * First looks at connections of which nothing was ever read, begun as soon as there is access, beside all that has to be stored
 * before a run may begin. One for each connection; a run that comes later than others of it finds none and looks by itself.
 */
export class FirstLooks {
  private readonly begun = new Map<string, Begun>();

  constructor(
    private readonly around: Pick<RunSurroundings, 'providerFor' | 'clock'> & {
      readonly servers: Pick<ServerPlaces, 'hasRoomFor'>;
    },
  ) {}

  /** Without effect where that was done moments ago. */
  begin(connectionId: string, connection: Promise<ConnectionRecord | null>, access: Promise<AccessGrant>): void {
    const now = this.around.clock.now();
    for (const [id, { at }] of this.begun) if (now - at >= KEPT_MS) this.begun.delete(id);
    if (this.begun.has(connectionId)) return;
    this.begun.set(connectionId, { at: now, session: quietly(this.look(connection, access)) });
  }

  /** For the run that has the lease. Null where there is nothing to be taken, or looking failed. */
  async take(connectionId: string): Promise<FirstSession | null> {
    const begun = this.begun.get(connectionId);
    if (!begun?.session || this.around.clock.now() - begun.at >= KEPT_MS) return null;
    this.begun.set(connectionId, { ...begun, session: null });
    return begun.session.catch(() => null);
  }

  private async look(
    connection: Promise<ConnectionRecord | null>,
    access: Promise<AccessGrant>,
  ): Promise<FirstSession | null> {
    const { providerFor, clock, servers } = this.around;
    const [record, grant] = await Promise.all([connection, access]);
    const now = clock.now();
    if (!record || record.listedAt !== null || !mayRun(record, now) || !listIsDue(record, now)) return null;
    if (grant.type !== 'access' || grant.notBefore !== null || isOfAnotherMethod(grant, record)) return null;
    const { token } = grant;
    const provider = providerFor(record);
    // Whoever has to wait for a place asks nothing ahead either.
    if (provider?.serverOf && !servers.hasRoomFor(provider.serverOf({ token }))) return null;
    const session = provider?.calendar?.open({ token });
    return session ? { token, session, look: beginFirstLook(session, now) } : null;
  }
}

export function mayRun(connection: ConnectionRecord, now: number): boolean {
  return connection.status === 'live' && connection.readable && (connection.notBefore?.getTime() ?? 0) <= now;
}
