import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { GoogleControl } from './control/google-control';
import { GoogleSimulator } from './google-simulator';
import { googleServer } from './http/google-server';
import { recordingsIn } from './http/recorder';
import type { GoogleSimulatorOptions } from './options';

export interface StartOptions extends Omit<GoogleSimulatorOptions, 'recorder'> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Each exchange is written into this folder; into that of the test run when absent, if the run has one. */
  recordDir?: string;
}

const LOOPBACK = '127.0.0.1';

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
  const server = googleServer(simulator);
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

/** `recordDir` among the globals of the test runner, so that no spec can forget it. */
function folderOfTheRun(): string | undefined {
  const folder: unknown = Reflect.get(globalThis, 'recordDir');
  return typeof folder === 'string' && folder !== '' ? folder : undefined;
}

/** Listens, on loopback unless told otherwise; rejects when the port is taken. */
export function listen(server: Server, port: number, host = LOOPBACK): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

export function portOf(server: Server): number {
  const address: string | AddressInfo | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Ends a server at once, open connections included. */
export function endServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
