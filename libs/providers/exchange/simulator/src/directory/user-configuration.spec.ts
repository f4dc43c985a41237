import { noJournal } from '@daybook/simulator-kit';
import { allOf, BEN, codesOf, textIn } from '../http/testing/exchange-bench';
import { DirectoryBook } from './directory-book';
import { directoryBench } from './testing/directory-bench';

const named = (element: string, name: string, folder = 'root'): string =>
  `<${element} Name="${name}"><t:DistinguishedFolderId Id="${folder}"/></${element}>`;
const get = (name: string, wanted = 'All', folder = 'root'): string =>
  `<m:GetUserConfiguration>${named('m:UserConfigurationName', name, folder)}<m:UserConfigurationProperties>${wanted}</m:UserConfigurationProperties></m:GetUserConfiguration>`;
const put = (operation: string, name: string, content: string): string =>
  `<m:${operation}><m:UserConfiguration>${named('t:UserConfigurationName', name)}${content}</m:UserConfiguration></m:${operation}>`;
const remove = (name: string): string =>
  `<m:DeleteUserConfiguration>${named('m:UserConfigurationName', name)}</m:DeleteUserConfiguration>`;
const text = (value: string): string => `<t:Type>String</t:Type><t:Value>${value}</t:Value>`;
const dictionary = (key: string, value: string): string =>
  `<t:Dictionary><t:DictionaryEntry><t:DictionaryKey>${text(key)}</t:DictionaryKey><t:DictionaryValue>${text(value)}</t:DictionaryValue></t:DictionaryEntry></t:Dictionary>`;

describe('settings that programs keep in folders', () => {
  it('tell the zone of a mailbox from the first day, where Outlook on the web keeps it', async () => {
    const bench = directoryBench();
    const reply = await bench.ask(get('OWA.UserOptions', 'Dictionary'));
    expect(codesOf(reply)).toEqual(['NoError']);
    expect(allOf(reply.body, 'Value').map((value) => value.text)).toEqual(['timezone', 'W. Europe Standard Time']);
    expect(allOf(reply.body, 'ItemId')).toEqual([]);
    expect(codesOf(await bench.ask(get('OWA.UserOptions', 'All', 'calendar')))).toEqual(['ErrorItemNotFound']);
  });

  it('come back as they were made, changed and deleted, after a restart as well', async () => {
    const book = new DirectoryBook(() => noJournal);
    const bench = directoryBench(book);
    expect(codesOf(await bench.ask(get('Mine')))).toEqual(['ErrorItemNotFound']);
    const xml = '<t:XmlData>YQ==</t:XmlData>';
    await bench.ask(put('CreateUserConfiguration', 'Mine', dictionary('colour', 'red') + xml));
    expect(codesOf(await bench.ask(put('CreateUserConfiguration', 'Mine', xml)))).toEqual(['ErrorItemSave']);
    await bench.ask(put('UpdateUserConfiguration', 'Mine', dictionary('colour', 'blue')));
    const restarted = new DirectoryBook(() => noJournal);
    for (const line of book.lines()) restarted.restore(JSON.parse(JSON.stringify(line)));
    const again = directoryBench(restarted);
    const reply = await again.ask(get('Mine', 'Id Dictionary XmlData'));
    expect(allOf(reply.body, 'Value').map((value) => value.text)).toEqual(['colour', 'blue']);
    expect([textIn(reply, 'XmlData'), allOf(reply.body, 'ItemId')]).toMatchObject(['YQ==', [{ name: 'ItemId' }]]);
    await again.ask(remove('Mine'));
    expect(codesOf(await again.ask(get('Mine')))).toEqual(['ErrorItemNotFound']);
    expect(codesOf(await again.ask(remove('Mine')))).toEqual(['ErrorItemNotFound']);
  });

  it('are nobody else’s', async () => {
    const folder = `<t:DistinguishedFolderId Id="root"><t:Mailbox><t:EmailAddress>${BEN}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`;
    const request = get('OWA.UserOptions').replace('<t:DistinguishedFolderId Id="root"/>', folder);
    expect(codesOf(await directoryBench().ask(request))).toEqual(['ErrorAccessDenied']);
  });
});
