import { recorderOfTheRun, servedOnLoopback } from '@daybook/simulator-kit';
import { MicrosoftControl } from './control/microsoft-control';
import { MicrosoftSimulator } from './microsoft-simulator';
import type { MicrosoftSimulatorOptions } from './options';

export interface StartOptions extends Omit<MicrosoftSimulatorOptions, 'recorder'> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Each exchange is written into this folder; into that of the test run when absent, if the run has one. */
  recordDir?: string;
}

/** A simulator that listens, for tests in the same process. */
export interface RunningMicrosoftSimulator {
  /** `http://127.0.0.1:PORT`, for sign-in and for Graph. */
  baseUrl: string;
  control: MicrosoftControl;
  close(): Promise<void>;
}

/** Starts a simulated Microsoft on a loopback port. */
export async function startMicrosoftSimulator(options: StartOptions = {}): Promise<RunningMicrosoftSimulator> {
  const { port = 0, recordDir, ...rest } = options;
  const now = (): number => (options.clock ?? Date).now();
  const simulator = new MicrosoftSimulator({ ...rest, ...recorderOfTheRun('microsoft', { recordDir, now }) });
  const served = await servedOnLoopback(simulator, port);
  const control = new MicrosoftControl(simulator, options.demoTimeZone ?? 'Europe/Berlin', options.demo ?? false);
  return { ...served, control };
}
