import { endServer, listen, portOf } from './listen';
import { folderOfTheRun, recordingsIn, type Recorder } from './recorder';
import { simulatorServer, type ServedSimulator } from './simulator-server';

/** The recorder of a simulator in a test: into a folder that was named, else into that of the run, else nowhere. */
export function recorderOfTheRun(
  provider: string,
  { recordDir = folderOfTheRun(), now }: { recordDir?: string | undefined; now: () => number },
): { recorder?: Recorder } {
  return recordDir === undefined ? {} : { recorder: recordingsIn(recordDir, provider, now) };
}

/** A simulator on a loopback port of this process; 0 takes any free one. `baseUrl` is `http://127.0.0.1:PORT`. */
export async function servedOnLoopback(
  simulator: ServedSimulator & { origin: string; close(): void },
  port: number,
): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  const server = simulatorServer(simulator);
  await listen(server, port);
  simulator.origin = `http://127.0.0.1:${portOf(server)}`;
  return {
    baseUrl: simulator.origin,
    close: async () => {
      await endServer(server);
      simulator.close();
    },
  };
}
