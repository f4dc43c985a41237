import type { Recorder, SimulatorClock } from '@daybook/simulator-kit';
import type { NotificationSettings } from './notifications/notifications';
import type { ServerSettings } from './server-settings';

export interface ExchangeSimulatorOptions {
  /** The clock beneath; `setClock` shifts it. */
  clock?: SimulatorClock;
  /** Where the state is kept; without it, it ends with the process. */
  journalFile?: string;
  recorder?: Recorder;
  /** Added to each answer, in milliseconds. */
  latencyMs?: number;
  /** True: starts and resets to the demo mailboxes. */
  demo?: boolean;
  /** Zone of demo mailboxes and of those that name none, an IANA name. */
  demoTimeZone?: string;
  /** What differs from a server of the newest version with NTLM and Basic; settings that were changed later count more. */
  settings?: Partial<ServerSettings>;
  /** How many may subscribe to changes, and how fast they are told. */
  notifications?: Partial<NotificationSettings>;
  /** Certificate of its https server (PEM), which clients may bind their sign-in to. */
  certificate?: string;
  /** Told of faults of the simulator itself, which clients hear of as `ErrorInternalServerError`. */
  onBug?: (error: unknown) => void;
}
