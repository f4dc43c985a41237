import { allOf, codesOf, ExchangeBench, idIn, textIn, type Reply } from '../http/testing/exchange-bench';
import { distinguished, create, named, remove, rename, sync, stateOf } from './testing/folder-requests';

const start = () => new ExchangeBench().withMailboxes();
const contacts = distinguished('contacts');

describe('synchronising the hierarchy', () => {
  const changes = ({ body }: Reply): string[] =>
    (allOf(body, 'Changes')[0]?.children ?? []).map((one) =>
      `${one.name} ${allOf(one, 'DisplayName')[0]?.text ?? ''}`.trim(),
    );

  it('tells of all folders first, and then of changes alone', async () => {
    const bench = start();
    const first = await bench.ask(sync());
    expect(changes(first)).toContain('Create Calendar');
    expect(changes(first).indexOf('Create Sync Issues')).toBeLessThan(changes(first).indexOf('Create Conflicts'));
    expect(changes(await bench.ask(sync(stateOf(first))))).toEqual([]);

    const id = idIn(await bench.ask(create(contacts, named('A'))), 'FolderId');
    const second = await bench.ask(sync(stateOf(first)));
    expect(changes(second)).toEqual(['Create A']);
    await bench.ask(rename(id, 'B'));
    const third = await bench.ask(sync(stateOf(second)));
    expect(changes(third)).toEqual(['Update B']);
    await bench.ask(remove(id));
    expect(changes(await bench.ask(sync(stateOf(third))))).toEqual(['Delete']);
    expect(changes(await bench.ask(sync(stateOf(first))))).toEqual([]);
  });

  it('refuses a state that was not given out for this folder', async () => {
    const bench = start();
    const other = await bench.ask(sync(`<m:SyncFolderId>${contacts}</m:SyncFolderId>`));
    for (const state of ['x', 'H4sIAAA=', textIn(other, 'SyncState') ?? '']) {
      expect(codesOf(await bench.ask(sync(`<m:SyncState>${state}</m:SyncState>`)))).toEqual([
        'ErrorInvalidSyncStateData',
      ]);
    }
    expect(codesOf(await bench.ask(sync(`<m:SyncFolderId>${distinguished('archiveroot')}</m:SyncFolderId>`)))).toEqual([
      'ErrorSyncFolderNotFound',
    ]);
  });
});
