import type { OAuthClient, Recorder, SimulatorClock } from '@daybook/simulator-kit';

export interface MicrosoftSimulatorOptions {
  /** The clock beneath; `setClock` shifts it. */
  clock?: SimulatorClock;
  /** Where the state is kept; without it, it ends with the process. */
  journalFile?: string;
  recorder?: Recorder;
  /** Added to each answer, in milliseconds. */
  latencyMs?: number;
  clients?: readonly OAuthClient[];
  /** True: starts and resets to the demo mailboxes. */
  demo?: boolean;
  /** Zone of demo mailboxes, an IANA name. */
  demoTimeZone?: string;
  /** How long delta tokens stay good, in milliseconds. */
  deltaTokenLife?: number;
}
