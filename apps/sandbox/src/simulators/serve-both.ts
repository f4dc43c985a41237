import {
  endServer,
  listen,
  portOf,
  recordingsIn,
  simulatorServer,
  type Certificate,
  type Recorder,
  type ServedSimulator,
} from '@daybook/simulator-kit';
import type { SandboxSettings } from '../config';

const SECURE_OFFSET = 100;

export interface Served {
  /** http first, then https. */
  addresses: readonly [plain: string, secure: string];
  close(): Promise<void>;
}

/** A simulator on http and https: its port and the one 100 above, or any free ones. */
export async function serveBoth(
  simulator: ServedSimulator & { origin: string; close(): void },
  { host, port, certificate }: { host: string; port: number; certificate: Certificate },
): Promise<Served> {
  const plain = simulatorServer(simulator);
  const secure = simulatorServer(simulator, certificate);
  await listen(plain, port, host);
  await listen(secure, port === 0 ? 0 : port + SECURE_OFFSET, host);
  simulator.origin = `http://localhost:${portOf(plain)}`;
  return {
    addresses: [simulator.origin, `https://localhost:${portOf(secure)}`],
    close: async () => {
      await Promise.all([endServer(plain), endServer(secure)]);
      simulator.close();
    },
  };
}

/** What each simulator gets of the sandbox's settings. */
export function commonOptions(
  { SANDBOX_LATENCY_MS: latencyMs, SANDBOX_RECORD_DIR: recordDir }: SandboxSettings,
  provider: string,
): { latencyMs: number; recorder?: Recorder } {
  return { latencyMs, ...(recordDir === undefined ? {} : { recorder: recordingsIn(recordDir, provider, Date.now) }) };
}
