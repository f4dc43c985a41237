import type { Logger } from '@daybook/platform/logging';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { SandboxSettings } from './config';
import { controlListener } from './control/control-listener';
import type { Simulator } from './simulator';
import { startExchange } from './simulators/exchange-simulation';
import { startGoogle } from './simulators/google-simulation';
import { startMicrosoft } from './simulators/microsoft-simulation';
import { localCertificate } from './tls/local-certificate';

export interface RunningSandbox {
  /** Address of the control page and API. */
  control: string;
  simulators: readonly Simulator[];
  close(): Promise<void>;
}

/** Every provider there is a simulator for: another one is one more line. */
const STARTERS = [startGoogle, startMicrosoft, startExchange] as const;

/** Starts the simulators and their control side. */
export async function startSandbox(settings: SandboxSettings, logger: Logger): Promise<RunningSandbox> {
  mkdirSync(join(settings.DAYBOOK_HOME, 'sandbox'), { recursive: true });
  const certificate = await localCertificate(settings.DAYBOOK_HOME, Date.now());
  const simulators: Simulator[] = [];
  for (const start of STARTERS) simulators.push(await start(settings, certificate, logger));
  const server = createServer(controlListener(simulators, logger));
  const port = await listen(server, settings.SANDBOX_CONTROL_PORT, settings.SANDBOX_HOST);
  const control = `http://localhost:${port}`;
  writeAddresses(settings.DAYBOOK_HOME, control, simulators);
  return {
    control,
    simulators,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await Promise.all(simulators.map((simulator) => simulator.close()));
    },
  };
}

/** Where a start with free ports can be found. */
function writeAddresses(home: string, control: string, simulators: readonly Simulator[]): void {
  const addresses = Object.fromEntries(simulators.map(({ key, addresses: [first = ''] }) => [key, first]));
  writeFileSync(join(home, 'sandbox', 'addresses.json'), JSON.stringify({ control, ...addresses }), { mode: 0o600 });
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
