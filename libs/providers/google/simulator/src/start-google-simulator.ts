import { recorderOfTheRun, servedOnLoopback } from '@daybook/simulator-kit';
import { GoogleControl } from './control/google-control';
import { GoogleSimulator } from './google-simulator';
import type { GoogleSimulatorOptions } from './options';

export interface StartOptions extends Omit<GoogleSimulatorOptions, 'recorder'> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Each exchange is written into this folder; into that of the test run when absent, if the run has one. */
  recordDir?: string;
}

/** A simulator that listens, for tests in the same process. */
export interface RunningGoogleSimulator {
  /** `http://127.0.0.1:PORT` */
  baseUrl: string;
  control: GoogleControl;
  close(): Promise<void>;
}

/** Starts a simulated Google on a loopback port. */
export async function startGoogleSimulator(options: StartOptions = {}): Promise<RunningGoogleSimulator> {
  const { port = 0, recordDir, ...rest } = options;
  const now = (): number => (options.clock ?? Date).now();
  const simulator = new GoogleSimulator({ ...rest, ...recorderOfTheRun('google', { recordDir, now }) });
  const served = await servedOnLoopback(simulator, port);
  const control = new GoogleControl(simulator, options.demoTimeZone ?? 'Europe/Berlin', options.demo ?? false);
  return { ...served, control };
}
