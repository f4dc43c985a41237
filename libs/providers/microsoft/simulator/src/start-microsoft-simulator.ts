import { endServer, folderOfTheRun, listen, portOf, recordingsIn, simulatorServer } from '@daybook/simulator-kit';
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
  const { port = 0, recordDir = folderOfTheRun(), ...rest } = options;
  const now = (): number => (options.clock ?? Date).now();
  const recorder = recordDir === undefined ? {} : { recorder: recordingsIn(recordDir, 'microsoft', now) };
  const simulator = new MicrosoftSimulator({ ...rest, ...recorder });
  const server = simulatorServer(simulator);
  await listen(server, port);
  simulator.origin = `http://127.0.0.1:${portOf(server)}`;
  const control = new MicrosoftControl(simulator, options.demoTimeZone ?? 'Europe/Berlin', options.demo ?? false);
  return {
    baseUrl: simulator.origin,
    control,
    close: async () => {
      await endServer(server);
      simulator.close();
    },
  };
}
