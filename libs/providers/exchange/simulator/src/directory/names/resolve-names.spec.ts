import { ADA, allOf, BEN, codesOf, idIn, textIn, type Reply } from '../../http/testing/exchange-bench';
import { contact, create } from '../../items/testing/item-requests';
import { addMailbox } from '../../mailbox/new-mailbox';
import { directoryBench } from '../testing/directory-bench';

const ask = (entry: string, { full = false, attributes = '', folders = '' } = {}): string =>
  `<m:ResolveNames ReturnFullContactData="${full}" ${attributes}>${folders}<m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`;
const scope = (name: string): string => `SearchScope="${name}"`;
const parents = (...names: string[]): string =>
  `<m:ParentFolderIds>${names.map((name) => `<t:DistinguishedFolderId Id="${name}"/>`).join('')}</m:ParentFolderIds>`;
const addressesIn = ({ body }: Reply): string[] => allOf(body, 'EmailAddress').map(({ text }) => text);
const CLARA = contact(
  '<t:GivenName>Clara</t:GivenName><t:EmailAddresses><t:Entry Key="EmailAddress1">clara@elsewhere.test</t:Entry><t:Entry Key="EmailAddress2">c.adams@home.test</t:Entry></t:EmailAddresses><t:Surname>Adams</t:Surname>',
);
const TEAM =
  '<t:DistributionList><t:DisplayName>Team Ada</t:DisplayName><t:Members><t:Member><t:Mailbox><t:Name>Ben</t:Name><t:EmailAddress>ben@example.com</t:EmailAddress></t:Mailbox></t:Member></t:Members></t:DistributionList>';

async function bench() {
  const made = directoryBench();
  expect(codesOf(await made.ask(create(CLARA)))).toEqual(['NoError']);
  return made;
}

describe('ResolveNames', () => {
  it.each(['ben', 'BELL', 'Ben Be', 'Bell, Ben', 'ben@exam', 'smtp:BEN@example.com', '=Ben Bell'])(
    'finds the one person that %s means',
    async (entry) => {
      const reply = await (await bench()).ask(ask(entry));
      expect([codesOf(reply), addressesIn(reply)]).toEqual([['NoError'], [BEN]]);
      expect(textIn(reply, 'MailboxType')).toBe('Mailbox');
    },
  );

  it.each(['nobody', 'smtp:ben@example', '=Ben', 'ben nobody', ' ', 'smtp:'])('finds nobody for %p', async (entry) => {
    const reply = await (await bench()).ask(ask(entry));
    expect(codesOf(reply)).toEqual(['ErrorNameResolutionNoResults']);
    expect(allOf(reply.body, 'ResolveNamesResponseMessage')[0]?.attributes).toEqual({ ResponseClass: 'Error' });
  });

  it('warns when a name may mean several people, and names them', async () => {
    const reply = await (await bench()).ask(ask('ada'));
    expect([codesOf(reply), addressesIn(reply)]).toEqual([
      ['ErrorNameResolutionMultipleResults'],
      [ADA, 'clara@elsewhere.test', 'c.adams@home.test'],
    ]);
    expect(allOf(reply.body, 'ResolveNamesResponseMessage')[0]?.attributes).toEqual({ ResponseClass: 'Warning' });
    const set = allOf(reply.body, 'ResolutionSet')[0]?.attributes;
    expect(set).toEqual({ TotalItemsInView: '3', IncludesLastItemInRange: 'true' });
  });

  it.each([
    ['ActiveDirectory', [ADA]],
    ['Contacts', ['clara@elsewhere.test', 'c.adams@home.test']],
    ['ContactsActiveDirectory', ['clara@elsewhere.test', 'c.adams@home.test', ADA]],
    ['ActiveDirectoryContacts', [ADA, 'clara@elsewhere.test', 'c.adams@home.test']],
  ])('looks in %s only, in this order', async (name, found) => {
    expect(addressesIn(await (await bench()).ask(ask('ada', { attributes: scope(name) })))).toEqual(found);
  });

  it('tells all that is known of somebody of the organisation', async () => {
    const reply = await (await bench()).ask(ask('ben', { full: true }));
    expect([textIn(reply, 'Surname'), textIn(reply, 'Entry'), textIn(reply, 'ContactSource')]).toEqual([
      'Bell',
      'SMTP:ben@example.com',
      'ActiveDirectory',
    ]);
  });

  it('tells a contact in the shape that is asked for', async () => {
    const made = await bench();
    const whole = await made.ask(ask('clara', { full: true }));
    expect([textIn(whole, 'ContactSource'), textIn(whole, 'Surname')]).toEqual(['Store', 'Adams']);
    const ids = await made.ask(ask('clara', { full: true, attributes: 'ContactDataShape="IdOnly"' }));
    expect([allOf(ids.body, 'Contact').length, textIn(ids, 'Surname')]).toEqual([2, null]);
  });

  it('keeps contacts of others to themselves', async () => {
    const reply = await (await bench()).ask(ask('clara'), { caller: BEN });
    expect(codesOf(reply)).toEqual(['ErrorNameResolutionNoResults']);
  });

  it('gives no more than a hundred people and says so', async () => {
    const made = await bench();
    for (let index = 0; index < 101; index += 1) {
      addMailbox(made.store, { email: `zed${index}@example.com`, displayName: `Zed ${index}`, created: made.now });
    }
    const reply = await made.ask(ask('zed'));
    expect(allOf(reply.body, 'Resolution')).toHaveLength(100);
    expect(allOf(reply.body, 'ResolutionSet')[0]?.attributes['IncludesLastItemInRange']).toBe('false');
  });

  it.each([
    ['ErrorResolveNamesInvalidFolderType', parents('inbox')],
    ['ErrorResolveNamesOnlyOneContactsFolderAllowed', parents('contacts', 'contacts')],
  ])('answers %s for folders it does not look into', async (code, folders) => {
    expect(codesOf(await (await bench()).ask(ask('clara', { folders })))).toEqual([code]);
  });
});

describe('ExpandDL', () => {
  const expand = (mailbox: string): string => `<m:ExpandDL><m:Mailbox>${mailbox}</m:Mailbox></m:ExpandDL>`;

  it('tells the members of a list that ResolveNames found', async () => {
    const made = await bench();
    await made.ask(create(TEAM));
    const found = await made.ask(ask('team'));
    expect(textIn(found, 'MailboxType')).toBe('PrivateDL');
    const reply = await made.ask(expand(idIn(found)));
    expect([codesOf(reply), addressesIn(reply)]).toEqual([['NoError'], [BEN]]);
  });

  it('has nothing for an address, and refuses other items', async () => {
    const made = await bench();
    const person = await made.ask(expand(`<t:EmailAddress>${BEN}</t:EmailAddress>`));
    expect(codesOf(person)).toEqual(['ErrorNameResolutionNoResults']);
    const item = await made.ask(expand(idIn(await made.ask(ask('clara')))));
    expect(codesOf(item)).toEqual(['ErrorInvalidItemForOperationExpandDL']);
  });
});
