import { setTimeout as sleep } from 'node:timers/promises';
import { PARTS, type Connection } from '../../model/connection';
import { ConnectionStore } from '../../ports/connection-store';

const LOOK_EVERY_MS = 100;
const LOOKS = 20;

/** A small mailbox is read within a moment: who has just connected one by a form need not see it begin. */
export class AwaitFirstReport {
  constructor(private readonly connections: ConnectionStore) {}

  /** The connection once a part has reported an end of its beginning, or as it is after two seconds; null when it is gone. */
  async run(id: string): Promise<Connection | null> {
    for (let look = 0; ; look += 1) {
      const connection = await this.connections.find(id);
      if (!connection || connection.phase === 'deleted') return null;
      if (look >= LOOKS || !isBeginning(connection)) return connection;
      await sleep(LOOK_EVERY_MS);
    }
  }
}

function isBeginning({ phase, reports }: Connection): boolean {
  const told = PARTS.map((part) => reports[part]).filter((report) => report !== null);
  return phase === 'connected' && (told.length === 0 || told.some(({ state }) => state === 'syncing'));
}
