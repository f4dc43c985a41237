import { allOf, BEN, codesOf, ExchangeBench, idIn, textIn, type Reply } from '../http/testing/exchange-bench';
import { create, field, folder, message, remove, set, shape, update } from './testing/item-requests';

interface Asked {
  readonly state?: Reply;
  readonly most?: number;
  readonly ignore?: string;
  readonly scope?: string;
  readonly of?: string;
}

const sync = ({ state, most = 10, ignore = '', scope = '', of = 'drafts' }: Asked = {}): string =>
  `<m:SyncFolderItems>${shape('AllProperties')}<m:SyncFolderId>${folder(of)}</m:SyncFolderId>` +
  (state === undefined ? '' : `<m:SyncState>${textIn(state, 'SyncState') ?? ''}</m:SyncState>`) +
  (ignore === '' ? '' : `<m:Ignore>${ignore}</m:Ignore>`) +
  `<m:MaxChangesReturned>${most}</m:MaxChangesReturned>${scope}</m:SyncFolderItems>`;

const changes = ({ body }: Reply): string[] =>
  (allOf(body, 'Changes')[0]?.children ?? []).map((one) =>
    `${one.name} ${allOf(one, 'Subject')[0]?.text ?? ''}`.trim(),
  );
const isLast = (reply: Reply): string | null => textIn(reply, 'IncludesLastItemInRange');
const read = (flag: string): string => `<t:Message><t:IsRead>${flag}</t:IsRead></t:Message>`;

const start = () => new ExchangeBench().withMailboxes();

describe('synchronising items', () => {
  it('brings what there is, newest first, in pages', async () => {
    const bench = start();
    for (const subject of ['a', 'b', 'c']) await bench.ask(create(message(subject)));
    const first = await bench.ask(sync({ most: 2 }));
    expect([changes(first), isLast(first)]).toEqual([['Create c', 'Create b'], 'false']);
    const second = await bench.ask(sync({ state: first, most: 2 }));
    expect([changes(second), isLast(second)]).toEqual([['Create a'], 'true']);
    expect(changes(await bench.ask(sync({ state: second })))).toEqual([]);
  });

  it('tells creations, changes, read flags and deletions apart', async () => {
    const bench = start();
    const made = await bench.ask(create(message('a') + message('b') + message('c')));
    const [a, b, c] = allOf(made.body, 'ItemId').map(
      ({ attributes }) => `<t:ItemId Id="${attributes['Id'] ?? ''}" ChangeKey="${attributes['ChangeKey'] ?? ''}"/>`,
    );
    const before = await bench.ask(sync());
    await bench.ask(update(a ?? '', set(field('item:Subject'), message('a2'))));
    await bench.ask(update(b ?? '', set(field('message:IsRead'), read('false'))));
    await bench.ask(remove(c ?? ''));
    await bench.ask(create(message('d')));
    const after = await bench.ask(sync({ state: before }));
    expect(changes(after)).toEqual(['Create d', 'Delete', 'ReadFlagChange', 'Update a2']);
    expect(allOf(after.body, 'ReadFlagChange')[0]?.children[1]?.text).toBe('false');
  });

  it('says nothing of what came and went in between', async () => {
    const bench = start();
    const before = await bench.ask(sync());
    await bench.ask(remove(idIn(await bench.ask(create(message('a'))))));
    expect(changes(await bench.ask(sync({ state: before })))).toEqual([]);
  });

  it('tells of a move in both folders', async () => {
    const bench = start();
    const id = idIn(await bench.ask(create(message('a'))));
    const [drafts, inbox] = [await bench.ask(sync()), await bench.ask(sync({ of: 'inbox' }))];
    await bench.ask(
      `<m:MoveItem><m:ToFolderId>${folder('inbox')}</m:ToFolderId><m:ItemIds>${id}</m:ItemIds></m:MoveItem>`,
    );
    expect(changes(await bench.ask(sync({ state: drafts })))).toEqual(['Delete']);
    expect(changes(await bench.ask(sync({ state: inbox, of: 'inbox' })))).toEqual(['Create a']);
  });

  it('passes over what is to be ignored', async () => {
    const bench = start();
    const id = idIn(await bench.ask(create(message('a'))));
    await bench.ask(create(message('b')));
    expect(changes(await bench.ask(sync({ ignore: id })))).toEqual(['Create b']);
  });

  it('never brings a body', async () => {
    const bench = start();
    await bench.ask(create(message('a', '<t:Body BodyType="Text">x</t:Body>')));
    expect(textIn(await bench.ask(sync()), 'Body')).toBeNull();
  });

  it('refuses states of other folders, and folders that are gone', async () => {
    const bench = start();
    const inbox = await bench.ask(sync({ of: 'inbox' }));
    const refused = await bench.ask(sync({ state: inbox }));
    expect(codesOf(refused)).toEqual(['ErrorInvalidSyncStateData']);
    // Clients read these before they look for the reason.
    expect([textIn(refused, 'SyncState'), textIn(refused, 'IncludesLastItemInRange')]).toEqual(['', 'true']);
    expect(codesOf(await bench.ask(sync({ of: 'archiveinbox' })))).toEqual(['ErrorSyncFolderNotFound']);
    expect((await bench.ask(sync({ most: 513 }))).status).toBe(500);
  });

  it('marks all items as read', async () => {
    const bench = start();
    await bench.ask(
      create(
        message('a', `<t:ToRecipients><t:Mailbox><t:EmailAddress>${BEN}</t:EmailAddress></t:Mailbox></t:ToRecipients>`),
      ).replace('SaveOnly', 'SendOnly'),
    );
    const before = await bench.ask(sync({ of: 'inbox' }), { caller: BEN });
    await bench.ask(
      `<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag><m:SuppressReadReceipts>true</m:SuppressReadReceipts><m:FolderIds>${folder('inbox')}</m:FolderIds></m:MarkAllItemsAsRead>`,
      { caller: BEN },
    );
    expect(changes(await bench.ask(sync({ state: before, of: 'inbox' }), { caller: BEN }))).toEqual(['ReadFlagChange']);
  });
});
