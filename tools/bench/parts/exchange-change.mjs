/** A large mailbox of Exchange: memory while it is read, and what is asked for when one event of it has changed. */
import { median } from '../../measure/pairs.mjs';

const DATABASE = 'bench_large';
const MEMORY_MB = 250;
const CHANGES = 9;
/** What has changed, and what it is like: the first says nothing of bodies and attendees, whatever is asked of it. */
const ASKED = ['SyncFolderItems', 'GetItem'];

const run = (ours, again) => ours.order({ type: 'run', dbName: DATABASE, again, listAnew: false });

export async function measureMemory({ ours, mailbox, mongodb }) {
  const { email, token, base: provider, service, method } = mailbox;
  await ours.order({ type: 'open', mongodb, dbName: DATABASE, provider, service, method, email, token });
  const { peakMb, ms, asked } = await run(ours, false);
  return {
    measure: 'peak memory of the syncing process with 20,000 events of Exchange',
    megabytes: Math.round(peakMb),
    ms: Math.round(ms),
    requests: asked.length,
    limit: `${MEMORY_MB} MB`,
    within: peakMb < MEMORY_MB,
  };
}

/** One changed event of a mailbox that has been read whole. */
export async function measureChange({ ours, mailbox, client }) {
  const id = await mailbox.someEvent();
  const rounds = [];
  for (let change = 1; change <= CHANGES; change += 1) {
    const title = `Renamed ${change}`;
    await mailbox.rename(id, title);
    const before = await mailbox.served();
    const { ms, asked } = await run(ours, true);
    const served = (await mailbox.served()).slice(before.length);
    const stored = await client.db(DATABASE).collection('meetings').findOne({ 'content.title': title });
    if (stored === null) throw new Error('the change did not arrive');
    rounds.push({ ms, operations: asked.map(({ operation }) => operation), items: served.map(({ itemId }) => itemId) });
  }
  const operations = [...new Set(rounds.map((round) => round.operations.join(' ')))];
  const others = rounds.flatMap(({ items }) => items).filter((item) => item !== id).length;
  return {
    measure: 'one changed event of Exchange among 20,000',
    ms: Math.round(median(rounds.map(({ ms }) => ms))),
    operations,
    otherItemsServed: others,
    limit: `${ASKED.join(' ')}, 0 other items`,
    within: operations.length === 1 && operations[0] === ASKED.join(' ') && others === 0,
  };
}
