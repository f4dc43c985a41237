import { asProviderError } from '@daybook/provider-port';
import type { WatchableConnection } from '../ports/watchable-connections';
import { listen, WatchRefused, type ListenSurroundings } from '../use-cases/watching/listen';
import { WatchPace, type PaceSurroundings } from '../use-cases/watching/watch-pace';

export interface WatchSurroundings extends ListenSurroundings, Pick<PaceSurroundings, 'random'> {
  /** `closed` in good order, else the kind of what went wrong. */
  readonly ended: (connectionId: string, how: string) => void;
  readonly failed: (error: unknown) => void;
}

/** So many begin at once that they are spread over this time. */
const SPREAD_MS = 5_000;
const AFTER_FAULT_MS = 60_000;

/** Listens to one connection for as long as it is told to, with a pause between two watches. */
export class Watch {
  readonly done: Promise<void>;
  private readonly stopping = new AbortController();
  private readonly withdrawing = new AbortController();
  private readonly pace: WatchPace;
  private heardSince: number | null = null;

  /** @param lost aborted when somebody else may listen by now */
  constructor(
    private readonly target: WatchableConnection,
    private readonly around: WatchSurroundings,
    lost: AbortSignal,
  ) {
    this.pace = new WatchPace(around);
    const stop = (): void => this.stop();
    lost.addEventListener('abort', stop, { once: true });
    if (lost.aborted) stop();
    this.done = this.run().finally(() => lost.removeEventListener('abort', stop));
  }

  get isListening(): boolean {
    return this.heardSince !== null;
  }

  /** @param how `withdrawn`: the access it had may be none any more, and is not shown to say good-bye */
  stop(how?: 'withdrawn'): void {
    if (how === 'withdrawn') this.withdrawing.abort();
    this.stopping.abort();
  }

  /** Whether it still listens to what is there now; what was refused is tried with a new word of auth-svc at once. */
  isFor(now: WatchableConnection): boolean {
    const isSame = this.hasAccessOf(now) && namesIn(now) === namesIn(this.target);
    return isSame && (this.isListening || now.revision === this.target.revision);
  }

  /** Whether nothing has become of the access it listens with, as far as auth-svc has told. */
  hasAccessOf({ service, method, decisions }: WatchableConnection): boolean {
    const { target } = this;
    return service === target.service && method === target.method && decisions === target.decisions;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const { pause, random } = this.around;
    await pause(Math.round(random() * SPREAD_MS), signal);
    while (!signal.aborted) {
      const waitMs = await this.turn(signal);
      if (!signal.aborted) await pause(waitMs, signal);
    }
  }

  private async turn(signal: AbortSignal): Promise<number> {
    const { clock, failed } = this.around;
    const error = await this.listened(signal);
    const heardMs = this.heardSince === null ? 0 : clock.now() - this.heardSince;
    this.heardSince = null;
    if (signal.aborted) return 0;
    const { connectionId } = this.target;
    this.around.ended(connectionId, error === null ? 'closed' : kindOf(error));
    try {
      return await this.pace.after({ connectionId, error, heardMs });
    } catch (fault) {
      failed(fault);
      return AFTER_FAULT_MS;
    }
  }

  /** What ended it; null: nothing but the provider. */
  private async listened(signal: AbortSignal): Promise<unknown> {
    const { clock } = this.around;
    const began = (): void => void (this.heardSince = clock.now());
    try {
      const [withdrawn, rejected] = [this.withdrawing.signal, this.pace.rejected];
      await listen(this.target, this.around, { signal, withdrawn, rejected, began });
      return null;
    } catch (error) {
      return error;
    }
  }
}

const namesIn = ({ calendars }: WatchableConnection): string =>
  JSON.stringify(calendars.map(({ _id, remoteId }) => [_id, remoteId]));

const kindOf = (error: unknown): string => asProviderError(error instanceof WatchRefused ? error.error : error).kind;
