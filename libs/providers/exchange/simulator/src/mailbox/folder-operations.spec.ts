import { ADA, allOf, BEN, codesOf, ExchangeBench, idIn, textIn } from '../http/testing/exchange-bench';
import {
  distinguished,
  ofBen,
  get,
  create,
  named,
  find,
  remove,
  carry,
  change,
  rename,
  namesOf,
  equals,
  NOTE,
  noted,
} from './testing/folder-requests';

const start = () => new ExchangeBench().withMailboxes();
const contacts = distinguished('contacts');

describe('getting folders', () => {
  it.each([
    ['root', 'Folder', null],
    ['msgfolderroot', 'Folder', null],
    ['inbox', 'Folder', 'IPF.Note'],
    ['calendar', 'CalendarFolder', 'IPF.Appointment'],
    ['contacts', 'ContactsFolder', 'IPF.Contact'],
    ['tasks', 'TasksFolder', 'IPF.Task'],
    ['todosearch', 'SearchFolder', 'Outlook.Reminder'],
  ])('finds %s in a new mailbox', async (name, kind, folderClass) => {
    const reply = await start().ask(get(distinguished(name), 'AllProperties'));
    expect(allOf(reply.body, kind)).toHaveLength(1);
    expect(textIn(reply, 'FolderClass')).toBe(folderClass);
    expect(textIn(reply, 'DistinguishedFolderId')).toBe(name);
  });

  it('gives what a shape asks for', async () => {
    const fields = async (base: string, extra = ''): Promise<string[]> =>
      allOf((await start().ask(get(contacts, base, extra))).body, 'ContactsFolder')[0]?.children.map(
        ({ name }) => name,
      ) ?? [];
    const extra = '<t:AdditionalProperties><t:FieldURI FieldURI="folder:FolderClass"/></t:AdditionalProperties>';
    expect(await fields('IdOnly')).toEqual(['FolderId']);
    expect(await fields('IdOnly', extra)).toEqual(['FolderId', 'FolderClass']);
    expect(await fields('Default')).toEqual(['FolderId', 'DisplayName', 'TotalCount', 'ChildFolderCount']);
  });

  it('answers each of several ids', async () => {
    const reply = await start().ask(get(`${contacts}${distinguished('archiveroot')}${distinguished('inbox')}`));
    expect(codesOf(reply)).toEqual(['NoError', 'ErrorFolderNotFound', 'NoError']);
  });

  it.each([
    ['ErrorInvalidIdMalformed', '<t:FolderId Id="!"/>'],
    ['ErrorInvalidIdEmpty', '<t:FolderId Id=""/>'],
    ['ErrorFolderNotFound', '<t:FolderId Id="AAMkADQ2ZGI3AAAAAAAAAAAAAAAAAAAAAAAAAuAAAAAAAA=="/>'],
    ['ErrorCannotUseItemIdForFolderId', '<t:FolderId Id="AAMkADQ2ZGI3AAAAAAAAAAAAAAAAAAAAAAAABGAAAAAAAA=="/>'],
    ['ErrorAccessDenied', distinguished('calendar', ofBen)],
    ['ErrorNonExistentMailbox', distinguished('calendar', ofBen.replace('ben', 'nobody'))],
  ])('refuses with %s: %s', async (code, id) => {
    expect(codesOf(await start().ask(get(id)))).toEqual([code]);
  });
});

describe('making and changing folders', () => {
  it('makes a folder whose kind follows its class', async () => {
    const bench = start();
    const folder =
      '<t:Folder><t:FolderClass>IPF.Contact.Team</t:FolderClass><t:DisplayName>Team</t:DisplayName></t:Folder>';
    const made = await bench.ask(create(contacts, folder));
    const got = await bench.ask(get(idIn(made, 'FolderId'), 'AllProperties'));
    expect(allOf(got.body, 'ContactsFolder')).toHaveLength(1);
    expect([textIn(got, 'DisplayName'), textIn(got, 'FolderClass')]).toEqual(['Team', 'IPF.Contact.Team']);
    expect(textIn(await bench.ask(get(contacts)), 'ChildFolderCount')).toBe('4');
  });

  it('keeps extended properties, and gives them when they are asked for', async () => {
    const bench = start();
    const folder = `<t:Folder><t:DisplayName>A</t:DisplayName>${noted('x')}</t:Folder>`;
    const id = idIn(await bench.ask(create(contacts, folder)), 'FolderId');
    expect(textIn(await bench.ask(get(id, 'AllProperties')), 'Value')).toBeNull();
    const extra = `<t:AdditionalProperties>${NOTE.replace('c11ff724-aa03', 'C11FF724-AA03')}</t:AdditionalProperties>`;
    expect(textIn(await bench.ask(get(id, 'IdOnly', extra)), 'Value')).toBe('x');
    await bench.ask(change(id, `<t:DeleteFolderField>${NOTE}</t:DeleteFolderField>`));
    expect(textIn(await bench.ask(get(id, 'IdOnly', extra)), 'Value')).toBeNull();
  });

  it('renames under a new change key and the same id', async () => {
    const bench = start();
    const made = await bench.ask(create(contacts, named('A')));
    const changed = await bench.ask(rename(idIn(made, 'FolderId'), 'B'));
    const [before, after] = [made, changed].map(({ body }) => allOf(body, 'FolderId')[0]?.attributes);
    expect(after?.['Id']).toBe(before?.['Id']);
    expect(after?.['ChangeKey']).not.toBe(before?.['ChangeKey']);
    expect(textIn(await bench.ask(get(idIn(changed, 'FolderId'))), 'DisplayName')).toBe('B');
  });

  it.each([
    ['ErrorFolderExists', create(contacts, named('recipient CACHE'))],
    ['ErrorFolderSavePropertyError', create(contacts, named(' '))],
    [
      'ErrorNoFolderClassOverride',
      create(
        contacts,
        '<t:TasksFolder><t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>A</t:DisplayName></t:TasksFolder>',
      ),
    ],
    [
      'ErrorInvalidPropertySet',
      create(contacts, '<t:Folder><t:DisplayName>A</t:DisplayName><t:TotalCount>1</t:TotalCount></t:Folder>'),
    ],
    ['ErrorFolderNotFound', create(distinguished('archiveroot'), named('A'))],
    ['ErrorAccessDenied', create(distinguished('contacts', ofBen), named('A'))],
    ['ErrorFolderExists', rename(distinguished('tasks'), 'Notes')],
    [
      'ErrorInvalidPropertyDelete',
      change(contacts, '<t:DeleteFolderField><t:FieldURI FieldURI="folder:DisplayName"/></t:DeleteFolderField>'),
    ],
    [
      'ErrorInvalidPropertyAppend',
      change(
        contacts,
        `<t:AppendToFolderField><t:FieldURI FieldURI="folder:DisplayName"/>${named('A')}</t:AppendToFolderField>`,
      ),
    ],
    [
      'ErrorIncorrectUpdatePropertyCount',
      change(contacts, '<t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder/></t:SetFolderField>'),
    ],
    [
      'ErrorUpdatePropertyMismatch',
      change(contacts, `<t:SetFolderField><t:FieldURI FieldURI="folder:FolderClass"/>${named('A')}</t:SetFolderField>`),
    ],
    [
      'ErrorInvalidExtendedProperty',
      change(contacts, '<t:DeleteFolderField><t:ExtendedFieldURI PropertyType="String"/></t:DeleteFolderField>'),
    ],
  ])('refuses with %s: %s', async (code, request) => {
    expect(codesOf(await start().ask(request))).toEqual([code]);
  });
});

describe('moving, copying and deleting folders', () => {
  it('moves a folder, which keeps its id', async () => {
    const bench = start();
    const id = idIn(await bench.ask(create(contacts, named('A'))), 'FolderId');
    await bench.ask(carry('MoveFolder', id, distinguished('inbox')));
    expect(namesOf(await bench.ask(find(distinguished('inbox'))))).toEqual(['A']);
    expect(namesOf(await bench.ask(find(contacts)))).not.toContain('A');
  });

  it('copies a folder with those below it', async () => {
    const bench = start();
    const id = idIn(await bench.ask(create(contacts, named('A'))), 'FolderId');
    await bench.ask(create(id, named('B')));
    const copied = await bench.ask(carry('CopyFolder', id, distinguished('inbox')));
    expect(idIn(copied, 'FolderId')).not.toBe(id);
    expect(namesOf(await bench.ask(find(distinguished('inbox'), 'Deep')))).toEqual(['A', 'B']);
  });

  it.each([
    ['HardDelete', []],
    ['SoftDelete', []],
    ['MoveToDeletedItems', ['A']],
  ])('deletes by %s', async (type, left) => {
    const bench = start();
    const id = idIn(await bench.ask(create(contacts, named('A'))), 'FolderId');
    expect(codesOf(await bench.ask(remove(id, type)))).toEqual(['NoError']);
    expect(namesOf(await bench.ask(find(distinguished('deleteditems'))))).toEqual(left);
    expect(namesOf(await bench.ask(find(contacts)))).not.toContain('A');
  });

  it('empties a folder', async () => {
    const bench = start();
    await bench.ask(create(distinguished('inbox'), named('A')));
    const empty =
      '<m:EmptyFolder DeleteType="HardDelete" DeleteSubFolders="true"><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:EmptyFolder>';
    expect(codesOf(await bench.ask(empty))).toEqual(['NoError']);
    expect(namesOf(await bench.ask(find(distinguished('inbox'))))).toEqual([]);
    expect(codesOf(await bench.ask(empty.replace('"inbox"', '"calendar"')))).toEqual(['ErrorCannotEmptyFolder']);
  });

  it.each([
    ['ErrorMoveDistinguishedFolder', carry('MoveFolder', contacts, distinguished('inbox'))],
    ['ErrorDeleteDistinguishedFolder', remove(contacts)],
    ['ErrorMoveCopyFailed', carry('CopyFolder', distinguished('msgfolderroot'), distinguished('inbox'))],
  ])('refuses with %s', async (code, request) => {
    expect(codesOf(await start().ask(request))).toEqual([code]);
  });
});

describe('finding folders', () => {
  it('finds those below by their properties', async () => {
    const bench = start();
    await bench.ask(
      create(distinguished('inbox'), `<t:Folder><t:DisplayName>A</t:DisplayName>${noted('x')}</t:Folder>${named('B')}`),
    );
    const byClass = equals('<t:FieldURI FieldURI="folder:FolderClass"/>', 'ipf.contact');
    expect(namesOf(await bench.ask(find(distinguished('root'), 'Deep', byClass)))).toEqual(['Contacts']);
    expect(namesOf(await bench.ask(find(distinguished('inbox'), 'Shallow', equals(NOTE, 'x'))))).toEqual(['A']);
    expect(namesOf(await bench.ask(find(distinguished('inbox'), 'SoftDeleted')))).toEqual([]);
  });

  it('pages', async () => {
    const bench = start();
    await bench.ask(create(distinguished('inbox'), ['A', 'B', 'C'].map((name) => named(name)).join('')));
    const page = (offset: number): string =>
      find(
        distinguished('inbox'),
        'Shallow',
        '',
        `<m:IndexedPageFolderView MaxEntriesReturned="2" Offset="${offset}" BasePoint="Beginning"/>`,
      );
    const first = await bench.ask(page(0));
    expect(allOf(first.body, 'RootFolder')[0]?.attributes).toEqual({
      IndexedPagingOffset: '2',
      TotalItemsInView: '3',
      IncludesLastItemInRange: 'false',
    });
    expect(namesOf(await bench.ask(page(2)))).toEqual(['C']);
  });
});

describe('folders of others', () => {
  const share = (level: string): string =>
    change(
      distinguished('calendar'),
      `<t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:CalendarFolder><t:PermissionSet><t:CalendarPermissions><t:CalendarPermission><t:UserId><t:PrimarySmtpAddress>${ADA}</t:PrimarySmtpAddress></t:UserId><t:CalendarPermissionLevel>${level}</t:CalendarPermissionLevel></t:CalendarPermission></t:CalendarPermissions></t:PermissionSet></t:CalendarFolder></t:SetFolderField>`,
    );

  it.each([
    ['Reviewer', ['NoError'], ['false', 'true']],
    ['Editor', ['NoError'], ['true', 'true']],
    ['FreeBusyTimeOnly', ['ErrorAccessDenied'], [null, null]],
  ])('open to who is a %s', async (level, codes, rights) => {
    const bench = start();
    await bench.ask(share(level), { caller: BEN });
    const reply = await bench.ask(get(distinguished('calendar', ofBen), 'AllProperties'));
    expect(codesOf(reply)).toEqual(codes);
    expect([textIn(reply, 'Modify'), textIn(reply, 'Read')]).toEqual(rights);
  });
});
