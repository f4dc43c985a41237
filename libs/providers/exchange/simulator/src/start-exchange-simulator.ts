import { recorderOfTheRun, servedOnLoopback } from '@daybook/simulator-kit';
import { ExchangeControl } from './control/exchange-control';
import { ExchangeSimulator } from './exchange-simulator';
import type { ExchangeSimulatorOptions } from './options';

export interface StartOptions extends Omit<ExchangeSimulatorOptions, 'recorder'> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Each exchange is written into this folder; into that of the test run when absent, if the run has one. */
  recordDir?: string;
}

/** A simulator that listens, for tests in the same process. */
export interface RunningExchangeSimulator {
  /** `http://127.0.0.1:PORT`; web services are at `/EWS/Exchange.asmx` below it. */
  baseUrl: string;
  control: ExchangeControl;
  close(): Promise<void>;
}

/** Starts a simulated Exchange Server on a loopback port. */
export async function startExchangeSimulator(options: StartOptions = {}): Promise<RunningExchangeSimulator> {
  const { port = 0, recordDir, ...rest } = options;
  const now = (): number => (options.clock ?? Date).now();
  const simulator = new ExchangeSimulator({ ...rest, ...recorderOfTheRun('exchange', { recordDir, now }) });
  const served = await servedOnLoopback(simulator, port);
  return { ...served, control: new ExchangeControl(simulator) };
}
