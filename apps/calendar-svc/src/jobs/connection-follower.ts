import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cloudEventOf, type ConnectionEventData, connectionEventDataSchema, eventSubjects } from '@daybook/contracts';
import type { Consumption, EventConsumer, JobOutcome } from '@daybook/platform/nats';
import type { AuthService } from '../adapters/nats/auth-service';
import type { KeptAccess } from '../use-cases/kept-access';
import type { FirstLooks } from '../use-cases/first-looks';
import { quietly } from '../use-cases/quietly';
import { followConnection, followRemoval, type FollowSurroundings } from '../use-cases/follow-connection';

const changed = cloudEventOf(connectionEventDataSchema);
const RETRY_MS = 2_000;
/** A run may follow. */
const IN_USE: ReadonlySet<string> = new Set(['syncing', 'active', 'degraded'] satisfies ConnectionEventData['state'][]);

export interface FollowerOptions {
  readonly events: EventConsumer;
  readonly auth: AuthService;
  readonly around: Pick<FollowSurroundings, 'store' | 'clock' | 'wake'>;
  readonly access: KeptAccess;
  readonly firstLooks: FirstLooks;
  readonly failed: (error: unknown) => void;
}

/** Keeps our copy of the connections equal to auth-svc's: by its events, and by reading all of them at every start. */
export class ConnectionFollower {
  private consumption: Consumption | null = null;
  private readonly ending = new AbortController();

  constructor(private readonly options: FollowerOptions) {}

  async start(): Promise<void> {
    this.consumption = await this.options.events.consume({
      name: 'calendar-svc_connections',
      subjects: [eventSubjects.connectionChanged],
      handle: (event) => this.follow(event.body),
    });
    void this.readAll();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.consumption?.stop();
  }

  private async follow(body: unknown): Promise<JobOutcome> {
    const event = changed.safeParse(body);
    if (!event.success) return { type: 'drop', reason: z.prettifyError(event.error).slice(0, 200) };
    const { connectionId } = event.data.data;
    this.lookAhead(event.data.data);
    const record = await this.options.auth.record(connectionId);
    if (record) await followConnection(record, this.options.around);
    else await followRemoval(connectionId, this.options.around);
    return { type: 'done' };
  }

  /**
   * Somebody who has just connected waits for what is in their calendar: that is asked for while this word of auth-svc is taken
   * over. Whether it may be is what access says.
   */
  private lookAhead({ connectionId, state, revision }: ConnectionEventData): void {
    if (!IN_USE.has(state)) return;
    const { access, firstLooks, around } = this.options;
    access.expect(connectionId, revision);
    const connection = around.store
      .connection(connectionId)
      .then((known) => known && { ...known, revision, status: 'live' as const, readable: true });
    quietly(connection);
    firstLooks.begin(connectionId, connection, quietly(access.begin(connectionId, connection)));
  }

  private async readAll(): Promise<void> {
    while (!this.ending.signal.aborted) {
      try {
        for await (const record of this.options.auth.records()) await followConnection(record, this.options.around);
        return;
      } catch (error) {
        this.options.failed(error);
        await sleep(RETRY_MS, undefined, { signal: this.ending.signal }).catch(() => undefined);
      }
    }
  }
}
