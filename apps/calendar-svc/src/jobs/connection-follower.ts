import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cloudEventOf, connectionEventDataSchema, type ConnectionRecord, eventSubjects } from '@daybook/contracts';
import type { Consumption, EventConsumer, JobOutcome } from '@daybook/platform/nats';
import type { AuthService } from '../adapters/nats/auth-service';
import type { KeptAccess } from '../use-cases/kept-access';
import { followConnection, followRemoval, type FollowSurroundings } from '../use-cases/follow-connection';

const changed = cloudEventOf(connectionEventDataSchema);
const RETRY_MS = 2_000;

export interface FollowerOptions {
  readonly events: EventConsumer;
  readonly auth: AuthService;
  readonly around: Pick<FollowSurroundings, 'store' | 'clock' | 'wake'>;
  readonly access: Pick<KeptAccess, 'expect'>;
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
    const record = await this.options.auth.record(connectionId);
    if (record) await this.followRecord(record);
    else await followRemoval(connectionId, this.options.around);
    return { type: 'done' };
  }

  /** Somebody who has just connected waits for what is in their calendar. */
  private async followRecord(record: ConnectionRecord): Promise<void> {
    if (record.status === 'live' && record.effective.calendar !== 'none')
      this.options.access.expect(record.connectionId, record.revision);
    await followConnection(record, this.options.around);
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
