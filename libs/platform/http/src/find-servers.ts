import { Resolver } from 'node:dns/promises';

export interface ServerRecord {
  readonly host: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

const TIMEOUT_MS = 3_000;
const TRIES = 1;
const MOST_RECORDS = 10;
const LONGEST_NAME = 253;
/** What a host is called; a root dot alone says that there is no such service (RFC 2782). */
const HOST = /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/i;

/** SRV records of a name, as a stranger's name server tells them: few, of names that may be hosts, in no order. Never throws. */
export async function findServers(name: string): Promise<readonly ServerRecord[]> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  try {
    const records = await resolver.resolveSrv(name);
    return records
      .map(({ name: host, port, priority, weight }) => ({ host: host.replace(/\.$/, ''), port, priority, weight }))
      .filter(({ host, port }) => host.length <= LONGEST_NAME && HOST.test(host) && port > 0)
      .slice(0, MOST_RECORDS);
  } catch {
    return [];
  }
}
