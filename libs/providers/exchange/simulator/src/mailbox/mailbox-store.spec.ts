import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SharedJournal } from '@daybook/simulator-kit';
import { ExchangeBench, idIn, textIn } from '../http/testing/exchange-bench';

const create = (subject: string): string =>
  `<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>${subject}</t:Subject></t:Message></m:Items></m:CreateItem>`;
const sync = (state = ''): string =>
  `<m:SyncFolderItems><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="drafts"/></m:SyncFolderId>${state}<m:MaxChangesReturned>10</m:MaxChangesReturned></m:SyncFolderItems>`;
const remove = (id: string): string =>
  `<m:DeleteItem DeleteType="HardDelete"><m:ItemIds>${id}</m:ItemIds></m:DeleteItem>`;

describe('the mailboxes after a restart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const opened = (): [ExchangeBench, SharedJournal] => {
    const journal = new SharedJournal();
    const bench = new ExchangeBench({ journal: journal.current });
    journal.open(join(folder, 'journal'), [bench.store]);
    return [bench.withMailboxes(), journal];
  };

  it.each([false, true])('go on where they were; journal rewritten: %s', async (isRewritten) => {
    const [before, journal] = opened();
    const gone = await before.ask(create('gone'));
    const first = await before.ask(sync());
    await before.ask(create('kept'));
    await before.ask(remove(idIn(gone)));
    if (isRewritten) journal.rewrite();
    journal.flush();
    journal.close();

    const [after, reopened] = opened();
    const state = `<m:SyncState>${textIn(first, 'SyncState') ?? ''}</m:SyncState>`;
    const reply = await after.ask(sync(state));
    expect(reply.text).toContain('kept');
    expect(reply.text).toMatch(/<t:Delete>/);
    expect(after.store.nextVersion()).toBeGreaterThan(before.store.nextVersion() - 1);
    after.store.clear();
    reopened.rewrite();
    reopened.close();
  });

  it('are forgotten by a reset, after which no old state is taken for a new one', async () => {
    const [bench, journal] = opened();
    const first = await bench.ask(create('x'));
    const version = bench.store.nextVersion();
    bench.store.clear();
    journal.rewrite();
    journal.close();
    const [after, reopened] = opened();
    expect(after.store.nextVersion()).toBeGreaterThan(version);
    expect((await after.ask(remove(idIn(first)))).text).toContain('ErrorItemNotFound');
    reopened.close();
  });
});
