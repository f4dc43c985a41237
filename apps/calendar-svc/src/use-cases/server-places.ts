import { backOffMs } from '@daybook/sync-engine';
import type { Clock } from '../ports/clock';

/**
 * How a run over a connection ended. `unfinished`: more is due now · `silent`: the provider did not answer · `unasked`: the
 * provider may not have been asked anything.
 */
export type RunEnd = 'through' | 'unfinished' | 'silent' | 'unasked';

export type Place =
  | { readonly type: 'in'; readonly leave: (end: RunEnd) => void }
  /** It is woken when it is its turn. */
  | { readonly type: 'waits' }
  /** Its server has answered nobody of late, and is not asked again yet. */
  | { readonly type: 'silent' };

export interface ServerPlacesOptions {
  /** Connections at once, over all servers. */
  readonly most: number;
  readonly mostAtOne: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly wake: (connectionId: string) => void;
}

/** Whoever is called and does not come, because another process has taken the wake-up, loses the place. */
const CALLED_MS = 2_000;
const LONGEST_SILENCE_MS = 60_000;
/** Who finds no room in the line either comes again with the scheduler's looks. */
const MOST_IN_LINE = 10_000;
const MOST_SILENT = 10_000;

interface Silence {
  readonly runs: number;
  readonly until: number;
}

/**
 * Places for runs at servers that people have named, in one process: so few at once that other connections always find a slot,
 * and at one server fewer still. Whoever finds none waits in line, without a slot. A server that has answered nobody is asked by one
 * of its connections at a time until it answers, ever more seldom; the others are told so meanwhile. Limits: servers are told
 * apart by host and port alone, so one machine may have many names; in memory, each process for itself.
 */
export class ServerPlaces {
  /** Connections inside, with their servers. */
  private readonly inside = new Map<object, string | null>();
  private readonly line = new Map<string, string | null>();
  private readonly called = new Map<string, { readonly server: string | null; readonly until: number }>();
  private readonly silences = new Map<string, Silence>();

  constructor(private readonly options: ServerPlacesOptions) {}

  get isAwaited(): boolean {
    return this.line.size > 0;
  }

  /** Whether somebody may ask this server now who takes no place. */
  hasRoomFor(server: string | null): boolean {
    return !this.isSilent(server) && this.hasRoomAt(server);
  }

  /** @param server host and port; null where it is not known: then only the places over all servers count */
  enter(connectionId: string, server: string | null): Place {
    this.callNext(connectionId);
    this.called.delete(connectionId);
    if (this.isSilent(server)) {
      this.line.delete(connectionId);
      this.callNext();
      return { type: 'silent' };
    }
    if (!this.hasRoomAt(server)) {
      // Whoever comes again keeps the turn they had.
      if (this.line.size < MOST_IN_LINE) this.line.set(connectionId, server);
      return { type: 'waits' };
    }
    this.line.delete(connectionId);
    const place = {};
    this.inside.set(place, server);
    return { type: 'in', leave: (end) => this.leave(place, server, end) };
  }

  private leave(place: object, server: string | null, end: RunEnd): void {
    if (!this.inside.delete(place)) return;
    if (server !== null && end === 'silent') this.noteSilence(server);
    else if (server !== null && end !== 'unasked') this.silences.delete(server);
    this.callNext();
  }

  /** One run alone says little: its mailbox may be what is away. */
  private noteSilence(server: string): void {
    const { clock, random } = this.options;
    const runs = (this.silences.get(server)?.runs ?? 0) + 1;
    const wait = runs === 1 ? 0 : backOffMs(runs - 1, random, undefined, LONGEST_SILENCE_MS);
    if (this.silences.size >= MOST_SILENT) this.silences.clear();
    this.silences.set(server, { runs, until: clock.now() + wait });
  }

  private isSilent(server: string | null): boolean {
    return server !== null && (this.silences.get(server)?.until ?? 0) > this.options.clock.now();
  }

  /** Those who wait longest first, each place kept for who was called. */
  private callNext(here?: string): void {
    const now = this.options.clock.now();
    for (const [id, { until }] of this.called) if (until <= now) this.called.delete(id);
    for (const [id, server] of this.line) {
      const isSilent = this.isSilent(server);
      if (!isSilent && !this.hasRoomAt(server)) continue;
      this.line.delete(id);
      if (!isSilent) this.called.set(id, { server, until: now + CALLED_MS });
      if (id !== here) this.options.wake(id);
    }
  }

  private hasRoomAt(server: string | null): boolean {
    const { most, mostAtOne } = this.options;
    const taken = [...this.inside.values(), ...[...this.called.values()].map((one) => one.server)];
    if (taken.length >= most) return false;
    if (server === null) return true;
    return taken.filter((one) => one === server).length < (this.silences.has(server) ? 1 : mostAtOne);
  }
}
