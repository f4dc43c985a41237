import { find } from '../../items/testing/item-requests';
import { BEN, TestSimulator } from '../../testing/start-simulator';
import { childOf, childrenOf, textOf, type XmlElement } from '../../wire/element';

const card = (version: string, ...lines: readonly string[]): string =>
  ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');

describe('loading a file of cards into the contacts of the simulated Exchange', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start({ demo: true });
  });
  afterEach(async () => {
    expect(subject.bugs).toEqual([]);
    await subject.close();
  });

  const load = (text: string) => subject.control.importVcf(BEN, text);
  const contacts = () => subject.control.items(BEN, 'contacts');
  const only = (): XmlElement => {
    const [contact, ...more] = contacts();
    if (contact === undefined || more.length > 0) throw new Error(`${more.length} contacts too many, or none`);
    return contact;
  };
  const entries = (list: string): Record<string, string> =>
    Object.fromEntries(
      childrenOf(childOf(only(), list), 'Entry').map(({ attributes, text }) => [attributes['Key'] ?? '', text]),
    );
  const texts = (...names: readonly string[]) => names.map((name) => textOf(only(), name));

  it('takes a card of version 3.0 with everything that has a place in a contact', () => {
    const receipt = load(
      card(
        '3.0',
        'UID:1@elsewhere.example',
        'N:Lovelace;Ada;King;Dr.;Jr.',
        'FN:Dr. Ada King Lovelace Jr.',
        'NICKNAME:Countess',
        'ORG:Example\\, Ltd.;Engines;Analytical',
        'TITLE:Director',
        'ROLE:Mathematician',
        'NOTE:First line\\nsecond\\, with a comma\\; and more',
        'BDAY:1815-12-10',
        'X-ANNIVERSARY:18350708',
        'CATEGORIES:Friends,Red\\, and blue',
        'URL:https\\://ada.example/?a=1',
        'IMPP:xmpp:ada@example.com',
        'EMAIL;TYPE=INTERNET,HOME:ada@private.example',
        'EMAIL;TYPE=INTERNET,PREF:ada@example.com',
        'ADR;TYPE=WORK:;Floor 2;1\\, Main Street;London;Greater London;E1;United Kingdom',
        'ADR;TYPE=HOME:;;Ockham Park;Ockham;;;',
        'CLASS:PRIVATE',
        `PHOTO;ENCODING=b;TYPE=JPEG:${'QUJD'.repeat(60_000)}`,
      ),
    );
    expect(receipt).toEqual({ imported: 1, unreadable: [] });
    expect(texts('GivenName', 'MiddleName', 'Surname', 'Generation', 'DisplayName', 'FileAs')).toEqual([
      ...['Ada', 'King', 'Lovelace', 'Jr.', 'Dr. Ada King Lovelace Jr.', 'Lovelace, Ada King'],
    ]);
    expect(texts('Nickname', 'CompanyName', 'Department', 'JobTitle', 'Profession', 'Sensitivity')).toEqual([
      ...['Countess', 'Example, Ltd.', 'Engines, Analytical', 'Director', 'Mathematician', 'Private'],
    ]);
    expect(texts('Body', 'Birthday', 'WeddingAnniversary', 'BusinessHomePage')).toEqual([
      'First line\nsecond, with a comma; and more',
      '1815-12-10T00:00:00Z',
      '1835-07-08T00:00:00Z',
      'https://ada.example/?a=1',
    ]);
    expect(childOf(only(), 'Categories')?.children.map(({ text }) => text)).toEqual(['Friends', 'Red, and blue']);
    expect(entries('ImAddresses')).toEqual({ ImAddress1: 'xmpp:ada@example.com' });
    expect(entries('EmailAddresses')).toEqual({
      EmailAddress1: 'ada@example.com',
      EmailAddress2: 'ada@private.example',
    });
    const [work, home] = childrenOf(childOf(only(), 'PhysicalAddresses'), 'Entry');
    expect([work?.attributes['Key'], textOf(work ?? null, 'Street'), textOf(work ?? null, 'PostalCode')]).toEqual([
      ...['Business', 'Floor 2\n1, Main Street', 'E1'],
    ]);
    expect([home?.attributes['Key'], textOf(home ?? null, 'City')]).toEqual(['Home', 'Ockham']);
  });

  it.each([
    ['TEL;TYPE=WORK,VOICE', 'BusinessPhone'],
    ['TEL;TYPE=work;TYPE=fax', 'BusinessFax'],
    ['TEL;TYPE="home,fax"', 'HomeFax'],
    ['TEL;HOME;VOICE', 'HomePhone'],
    ['TEL;CELL;PREF', 'MobilePhone'],
    ['item1.TEL;type=pref', 'PrimaryPhone'],
    ['TEL;PAGER', 'Pager'],
    ['TEL;TYPE=CAR', 'CarPhone'],
    ['TEL;TYPE=ISDN', 'Isdn'],
    ['TEL;FAX', 'OtherFax'],
    ['TEL;TYPE=textphone', 'TtyTddPhone'],
    ['TEL;TYPE=X-ASSISTANT', 'AssistantPhone'],
    ['TEL', 'OtherTelephone'],
  ])('%s becomes the number %s', (head, key) => {
    load(card('3.0', 'FN:Ada', `${head}:+44 20 5550100`));
    expect(entries('PhoneNumbers')).toEqual({ [key]: '+44 20 5550100' });
  });

  it('puts further numbers into the places that are left, and tells when there is none', () => {
    const lines = Array.from({ length: 5 }, (_none, index) => `TEL;TYPE=WORK:${index + 1}`);
    expect(load(card('3.0', 'FN:Ada', ...lines))).toEqual({
      imported: 1,
      unreadable: [4, 5].map((index) => ({ line: index + 3, reason: expect.stringContaining('no room') })),
    });
    expect(entries('PhoneNumbers')).toEqual({ BusinessPhone: '1', BusinessPhone2: '2', OtherTelephone: '3' });
    const emails = ['a', 'b', 'c', 'd'].map((name) => `EMAIL:${name}@example.com`);
    expect(load(card('3.0', 'UID:emails', 'FN:Ben', ...emails)).unreadable).toEqual([
      { line: 8, reason: expect.stringContaining('fourth') },
    ]);
  });

  it('takes version 2.1: quoted-printable text over several lines, charsets, types without a name, folds that keep their space', () => {
    load(
      card(
        '2.1',
        'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg',
        'FN;CHARSET=UTF-8;QUOTED-PRINTABLE:J=C3=B6rg M=C3=',
        '=BCller',
        'NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo; three, four =',
        'and five',
        'TITLE:Head of',
        ' C:\\new things',
        'AGENT:',
        'BEGIN:VCARD',
        'FN:Somebody else',
        'END:VCARD',
        'TEL;WORK;FAX:+49 30 5550100',
      ),
    );
    expect(texts('GivenName', 'Surname', 'DisplayName', 'JobTitle', 'Body')).toEqual([
      ...['Jörg', 'Müller', 'Jörg Müller', 'Head of C:\\new things', 'one\ntwo; three, four and five'],
    ]);
    expect(entries('PhoneNumbers')).toEqual({ BusinessFax: '+49 30 5550100' });
  });

  it('takes version 4.0 with addresses as values, and labels of groups', () => {
    load(
      card(
        '4.0',
        'FN:Ada',
        'TEL;VALUE=uri;TYPE="voice,work";PREF=1:tel:+44-20-5550100;ext=12',
        'item1.TEL:555',
        'item1.X-ABLabel:_$!<HomeFAX>!$_',
        'EMAIL;PREF=1:mailto:ada@example.com',
        'NOTE:folded in the mid',
        ' dle',
      ),
    );
    expect(entries('PhoneNumbers')).toEqual({ BusinessPhone: '+44-20-5550100 ext. 12', HomeFax: '555' });
    expect([entries('EmailAddresses'), textOf(only(), 'Body')]).toEqual([
      { EmailAddress1: 'ada@example.com' },
      'folded in the middle',
    ]);
  });

  it('names what it cannot read by line, and takes what is beside it', () => {
    const text = [
      card('3.0', 'FN:Ada', 'nonsense', 'BDAY:--1210', 'TEL;TYPE="open:1'),
      card('3.0', 'NOTE:of nobody'),
      card('4.0', 'KIND:group', 'FN:Friends', 'MEMBER:urn:uuid:1'),
      'BEGIN:VCARD\r\nFN:Without an end\r\n',
      card('3.0', 'FN:Ben'),
    ].join('');
    expect(load(text)).toEqual({
      imported: 2,
      unreadable: [
        { line: 4, reason: 'the line is no property' },
        { line: 5, reason: '"--12-10" is no whole date' },
        { line: 6, reason: 'the line cannot be read' },
        { line: 8, reason: 'the card names nobody' },
        { line: 12, reason: 'a group of contacts is no contact' },
        { line: 18, reason: 'the card has no end' },
      ],
    });
    expect(contacts().map((contact) => textOf(contact, 'DisplayName'))).toEqual(['Ada', 'Ben']);
    expect(load('Dear Ada,')).toMatchObject({ imported: 0, unreadable: [{ line: 1 }] });
  });

  it('brings the same contacts up to date when loaded again; the newest card of a UID counts', () => {
    const of = (name: string, rev: string) => card('3.0', 'UID:same', `FN:${name}`, `REV:${rev}`);
    load(of('New', '2026-02-01T00:00:00Z') + of('Old', '20260101T000000Z') + card('3.0', 'FN:Without', 'TEL:1'));
    const first = contacts();
    expect(first.map((contact) => textOf(contact, 'DisplayName'))).toEqual(['New', 'Without']);
    load(of('New', '2026-02-01T00:00:00Z') + card('3.0', 'FN:Without', 'TEL:1'));
    expect(contacts()).toEqual(first);
    expect(load(of('Newer', '2026-03-01T00:00:00Z'))).toEqual({ imported: 1, unreadable: [] });
    const [changed] = contacts();
    expect(childOf(changed ?? null, 'ItemId')?.attributes['Id']).toBe(
      childOf(first[0] ?? null, 'ItemId')?.attributes['Id'],
    );
    expect([textOf(changed ?? null, 'DisplayName'), contacts().length]).toEqual(['Newer', 2]);
  });

  it('gives contacts that the schema knows, whatever signs a file holds', async () => {
    load(
      card('3.0', 'FN:A\u0000\u0008b\ud800', 'URL:not an address <>', 'TEL:\u0007', 'ADR:;;;;;;', 'N:;;;;', 'X-AIM:a') +
        card('2.1', 'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=klingon:=00=FF=G', 'EMAIL;INTERNET:a@b.example'),
    );
    const answer = await subject.ask(find('contacts', '', { base: 'AllProperties' }), { user: BEN });
    expect([answer.status, contacts().length]).toEqual([200, 2]);
  });

  it('stays quick and small with lines, cards and nesting without an end', () => {
    const long = 'x'.repeat(3_000_000);
    const { unreadable } = load(card('3.0', 'FN:Ada', `NOTE:${long}`, ...Array.from({ length: 900 }, () => 'X-A:1')));
    expect(unreadable).toEqual([{ line: 4, reason: 'the line is too long' }]);
    expect(load(card('3.0', ...Array.from({ length: 2_000 }, () => 'X-A:1'))).unreadable).toHaveLength(1);
    expect(load('BEGIN:VCARD\r\n'.repeat(50_000)).unreadable).toHaveLength(1_000);
    expect(load('AGENT:\r\nBEGIN:VCARD\r\n'.repeat(50_000))).toMatchObject({ imported: 0 });
  });
});
