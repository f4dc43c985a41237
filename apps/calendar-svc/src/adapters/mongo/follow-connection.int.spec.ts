import { startSyncBench, withTestDatabase, type SyncBench } from '../../testing/sync-bench';
import type { ConnectionRecord } from '../../ports/records';
import { followConnection } from './follow-connection';

describe('words of auth-svc that are taken over at the same time', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let known: ConnectionRecord;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    const now = await subject.store.connection('con_1');
    if (!now) throw new Error('there is no connection');
    known = now;
  });

  const word = (more: Partial<ConnectionRecord>): ConnectionRecord => ({
    ...known,
    ...more,
    revision: known.revision + (more.revision ?? 0),
  });
  /** Takes a word over, while something else happens between its look and its write. */
  const followWith = (record: ConnectionRecord, meanwhile: () => Promise<unknown>): Promise<boolean> => {
    const { connections } = subject.collections;
    let isOver = false;
    const interrupted = new Proxy(connections, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (name !== 'findOne' || isOver) return member.bind(target);
        return async (...asked: unknown[]) => {
          const found: unknown = await Reflect.apply(member, target, asked);
          isOver = true;
          await meanwhile();
          return found;
        };
      },
    });
    return followConnection({ ...subject.collections, connections: interrupted }, record);
  };

  it('leave the names to the provider that has given them by then', async () => {
    await followWith(word({ method: 'oauth2', revision: 2 }), async () => {
      await subject.store.followConnection(word({ method: 'ews', revision: 1 }));
      // A run has called everything as the provider of that method does.
      await subject.collections.connections.updateOne({ _id: 'con_1' }, { $unset: { namedBy: '' } });
    });
    expect(await subject.store.connection('con_1')).toMatchObject({ method: 'oauth2', namedBy: 'ews' });
  });

  it('leave the names to the new provider, too, where a run has just given those', async () => {
    await subject.store.followConnection(word({ method: 'ews', revision: 1 }));
    await followWith(word({ method: 'oauth2', revision: 2 }), () =>
      subject.collections.connections.updateOne({ _id: 'con_1' }, { $unset: { namedBy: '' } }),
    );
    expect(await subject.store.connection('con_1')).toMatchObject({ method: 'oauth2', namedBy: 'ews' });
  });

  it('are the newer one in the end, whichever comes last', async () => {
    const newer = word({ writable: false, revision: 2 });
    const moved = await followWith(word({ revision: 1 }), () => subject.store.followConnection(newer));
    expect(moved).toBe(false);
    expect(await subject.store.connection('con_1')).toMatchObject({ writable: false, revision: newer.revision });
  });

  it('are both of a connection that is new here', async () => {
    await subject.collections.connections.deleteMany({});
    await followWith(word({ method: 'oauth2', revision: 2 }), () =>
      subject.store.followConnection(word({ method: 'ews', revision: 1 })),
    );
    expect(await subject.store.connection('con_1')).toMatchObject({ method: 'oauth2', namedBy: 'ews' });
  });
});
