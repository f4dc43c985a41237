import { endServer, folderOfTheRun, listen, portOf, recordingsIn, simulatorServer } from '@daybook/simulator-kit';
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
  const { port = 0, recordDir = folderOfTheRun(), ...rest } = options;
  const now = (): number => (options.clock ?? Date).now();
  const recorder = recordDir === undefined ? {} : { recorder: recordingsIn(recordDir, 'google', now) };
  const simulator = new GoogleSimulator({ ...rest, ...recorder });
  const server = simulatorServer(simulator);
  await listen(server, port);
  simulator.origin = `http://127.0.0.1:${portOf(server)}`;
  const control = new GoogleControl(simulator, options.demoTimeZone ?? 'Europe/Berlin', options.demo ?? false);
  return {
    baseUrl: simulator.origin,
    control,
    close: async () => {
      await endServer(server);
      simulator.close();
    },
  };
}
