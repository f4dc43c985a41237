import { allOf, codesOf, ExchangeBench, idIn, NOW, textIn, type Reply } from '../http/testing/exchange-bench';
import { additional, appointment, contact, create, field, get, message, set, update } from './testing/item-requests';

const start = () => new ExchangeBench().withMailboxes();
const indexed = (uri: string, index: string): string => `<t:IndexedFieldURI FieldURI="${uri}" FieldIndex="${index}"/>`;
const EXTENDED =
  '<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="daybook" PropertyType="String"/>';
const extended = (value: string): string =>
  `<t:ExtendedProperty>${EXTENDED}<t:Value>${value}</t:Value></t:ExtendedProperty>`;
const list = (name: string, entry: string): string => `<t:${name}>${entry}</t:${name}>`;
const entry = (key: string, content: string): string => `<t:Entry Key="${key}">${content}</t:Entry>`;

/** Path, the item that sets it, and the text that is read afterwards. */
const ROUND_TRIPS: readonly (readonly [path: string, fields: string, text: string])[] = [
  [field('item:Subject'), '<t:Subject>b</t:Subject>', 'b'],
  [field('item:Sensitivity'), '<t:Sensitivity>Private</t:Sensitivity>', 'Private'],
  [field('item:Categories'), list('Categories', '<t:String>Blue</t:String>'), 'Blue'],
  [field('contacts:Birthday'), '<t:Birthday>1974-05-05T13:00:00+02:00</t:Birthday>', '1974-05-05T11:00:00Z'],
  [field('contacts:JobTitle'), '<t:JobTitle>Chief</t:JobTitle>', 'Chief'],
  [indexed('contacts:PhoneNumber', 'MobilePhone'), list('PhoneNumbers', entry('MobilePhone', '+43 1')), '+43 1'],
  [indexed('contacts:PhoneNumber', 'Pager'), list('PhoneNumbers', entry('Pager', '7')), '7'],
  [indexed('contacts:EmailAddress', 'EmailAddress2'), list('EmailAddresses', entry('EmailAddress2', 'a@b')), 'a@b'],
  [indexed('contacts:ImAddress', 'ImAddress3'), list('ImAddresses', entry('ImAddress3', 'im')), 'im'],
  [
    indexed('contacts:PhysicalAddress:Street', 'Home'),
    list('PhysicalAddresses', entry('Home', '<t:Street>Road 1</t:Street>')),
    'Road 1',
  ],
  [
    indexed('contacts:PhysicalAddress:CountryOrRegion', 'Business'),
    list('PhysicalAddresses', entry('Business', '<t:CountryOrRegion>Austria</t:CountryOrRegion>')),
    'Austria',
  ],
  [EXTENDED, extended('x'), 'x'],
];

const FULL = contact(
  '<t:GivenName>Ada</t:GivenName>' +
    list('PhysicalAddresses', entry('Home', '<t:Street>Old</t:Street><t:City>Vienna</t:City>')) +
    list('PhoneNumbers', entry('HomePhone', '1') + entry('MobilePhone', '2')) +
    '<t:Surname>Byron</t:Surname>',
);
/** The innermost text of what a shape brought beside the id. */
const askedText = (reply: Reply): string => {
  const fields = allOf(reply.body, 'Contact')[0]?.children.filter(({ name }) => name !== 'ItemId') ?? [];
  return fields
    .flatMap((one) => allOf(one, fields[0]?.name ?? ''))
    .flatMap(textsIn)
    .join('|');
};
const textsIn = (one: Reply['body']): string[] =>
  one.children.length === 0 ? [one.text] : one.children.flatMap(textsIn).filter((text) => text !== '');

describe('one property', () => {
  it.each(ROUND_TRIPS)('%s is set, read and deleted alone', async (path, fields, text) => {
    const bench = start();
    const made = await bench.ask(create(FULL));
    const changed = await bench.ask(update(idIn(made), set(path, contact(fields))));
    expect(codesOf(changed)).toEqual(['NoError']);
    expect(idIn(changed)).not.toBe(idIn(made));
    const got = await bench.ask(get(idIn(changed), 'IdOnly', additional(path)));
    expect(askedText(got)).toBe(text);
    expect(textIn(await bench.ask(get(idIn(changed))), 'City')).toBe('Vienna');

    const cleared = await bench.ask(update(idIn(changed), `<t:DeleteItemField>${path}</t:DeleteItemField>`));
    expect(codesOf(cleared)).toEqual(['NoError']);
    expect(askedText(await bench.ask(get(idIn(cleared), 'IdOnly', additional(path))))).not.toBe(text);
  });

  it('of a list leaves its other entries alone', async () => {
    const bench = start();
    const made = await bench.ask(create(FULL));
    const path = indexed('contacts:PhoneNumber', 'MobilePhone');
    const changed = await bench.ask(
      update(idIn(made), set(path, contact(list('PhoneNumbers', entry('MobilePhone', '3'))))),
    );
    const phones = allOf((await bench.ask(get(idIn(changed)))).body, 'PhoneNumbers')[0]?.children ?? [];
    expect(phones.map(({ attributes, text }) => [attributes['Key'], text]).sort()).toEqual([
      ['HomePhone', '1'],
      ['MobilePhone', '3'],
    ]);
  });

  it('is appended to', async () => {
    const bench = start();
    const body = (text: string): string => `<t:Body BodyType="Text">${text}</t:Body>`;
    const made = await bench.ask(create(message('a', body('one'))));
    const append = `<t:AppendToItemField>${field('item:Body')}<t:Message>${body(' two')}</t:Message></t:AppendToItemField>`;
    const changed = await bench.ask(update(idIn(made), append));
    expect(textIn(await bench.ask(get(idIn(changed))), 'Body')).toBe('one two');
  });
});

it('is told by the tag of a MAPI property as well', async () => {
  const bench = start();
  const made = await bench.ask(create(message('a')));
  const tag = (number: string, type: string): string =>
    `<t:ExtendedFieldURI PropertyTag="${number}" PropertyType="${type}"/>`;
  const got = await bench.ask(
    get(idIn(made), 'IdOnly', additional(tag('0x37', 'String') + tag('0x0fff', 'Binary') + tag('0x1', 'String'))),
  );
  expect(allOf(got.body, 'Value').map(({ text }) => text)).toEqual([
    'a',
    allOf(made.body, 'ItemId')[0]?.attributes['Id'],
  ]);
});

describe('an update', () => {
  it('moves the time of the last change, and not that of creation', async () => {
    const bench = start();
    const made = await bench.ask(create(message('a')));
    bench.now = NOW + 60_000;
    const changed = await bench.ask(update(idIn(made), set(field('item:Subject'), message('b'))));
    const got = await bench.ask(get(idIn(changed)));
    expect([textIn(got, 'DateTimeCreated'), textIn(got, 'LastModifiedTime')]).toEqual([
      '2026-11-22T08:00:00Z',
      '2026-11-22T08:01:00Z',
    ]);
  });

  it('happens as a whole or not at all', async () => {
    const bench = start();
    const made = await bench.ask(create(message('a')));
    const updates =
      set(field('item:Subject'), message('b')) + set(field('item:Size'), '<t:Message><t:Size>1</t:Size></t:Message>');
    expect(codesOf(await bench.ask(update(idIn(made), updates)))).toEqual(['ErrorInvalidPropertySet']);
    expect(textIn(await bench.ask(get(idIn(made))), 'Subject')).toBe('a');
  });

  it.each([
    ['NeverOverwrite', ['ErrorIrresolvableConflict']],
    ['AutoResolve', ['NoError']],
    ['AlwaysOverwrite', ['NoError']],
  ])('from an old version is treated as %s says', async (resolution, codes) => {
    const bench = start();
    const made = await bench.ask(create(message('a')));
    await bench.ask(update(idIn(made), set(field('item:Subject'), message('b'))));
    const again = update(idIn(made), set(field('item:Subject'), message('c')), resolution);
    expect(codesOf(await bench.ask(again))).toEqual(codes);
  });

  const id = (made: Reply, attributes: string): string =>
    `<t:ItemId Id="${allOf(made.body, 'ItemId')[0]?.attributes['Id'] ?? ''}"${attributes}/>`;

  it.each([
    ['ErrorChangeKeyRequiredForWriteOperations', set(field('item:Subject'), message('b')), ''],
    ['ErrorInvalidChangeKey', set(field('item:Subject'), message('b')), ' ChangeKey="x"'],
  ])('is refused with %s', async (code, updates, attributes) => {
    const bench = start();
    const made = await bench.ask(create(message('a')));
    expect(codesOf(await bench.ask(update(id(made, attributes), updates)))).toEqual([code]);
  });

  it.each([
    ['ErrorIncorrectUpdatePropertyCount', set(field('item:Subject'), '<t:Message/>')],
    [
      'ErrorIncorrectUpdatePropertyCount',
      set(field('item:Subject'), message('b', '<t:Importance>High</t:Importance>')),
    ],
    ['ErrorUpdatePropertyMismatch', set(field('item:Importance'), message('b'))],
    [
      'ErrorInvalidPropertySet',
      set(
        field('item:DateTimeCreated'),
        '<t:Message><t:DateTimeCreated>2026-01-01T00:00:00Z</t:DateTimeCreated></t:Message>',
      ),
    ],
    ['ErrorInvalidPropertyDelete', `<t:DeleteItemField>${field('item:Size')}</t:DeleteItemField>`],
    [
      'ErrorInvalidPropertyAppend',
      `<t:AppendToItemField>${field('item:Subject')}${message('b')}</t:AppendToItemField>`,
    ],
    ['ErrorInvalidPropertyRequest', set(field('contacts:Surname'), contact('<t:Surname>b</t:Surname>'))],
    ['ErrorObjectTypeChanged', set(field('item:Subject'), contact('<t:Subject>b</t:Subject>'))],
    [
      'ErrorInvalidExtendedPropertyValue',
      set(
        '<t:ExtendedFieldURI PropertyTag="0x1000" PropertyType="Integer"/>',
        '<t:Message><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="4096" PropertyType="Integer"/><t:Value>x</t:Value></t:ExtendedProperty></t:Message>',
      ),
    ],
  ])('is refused with %s: %s', async (code, updates) => {
    const bench = start();
    const made = await bench.ask(create(message('a')));
    expect(codesOf(await bench.ask(update(idIn(made), updates)))).toEqual([code]);
  });

  it('of an appointment needs to be told what to send', async () => {
    const bench = start();
    const made = await bench.ask(create(appointment('a')));
    const request = update(
      idIn(made),
      set(field('item:Subject'), '<t:CalendarItem><t:Subject>b</t:Subject></t:CalendarItem>'),
    );
    const untold = request.replace(/ SendMeetingInvitationsOrCancellations="\w+"/, '');
    expect(codesOf(await bench.ask(untold))).toEqual(['ErrorSendMeetingInvitationsOrCancellationsRequired']);
    expect(codesOf(await bench.ask(request))).toEqual(['NoError']);
  });

  it('may say again what is given only once, as clients do that send all they know', async () => {
    const bench = start();
    const item = (fields: string): string => `<t:CalendarItem>${fields}</t:CalendarItem>`;
    const own = appointment('a').replace('<t:Start>', '<t:UID>own@example.org</t:UID><t:Start>');
    const id = idIn(await bench.ask(create(own)));
    const changed = (uid: string) =>
      bench.ask(
        update(
          id,
          set(field('calendar:UID'), item(`<t:UID>${uid}</t:UID>`)) +
            set(field('item:Subject'), item('<t:Subject>b</t:Subject>')),
          'AlwaysOverwrite',
        ),
      );
    expect(codesOf(await changed('own@example.org'))).toEqual(['NoError']);
    expect(codesOf(await changed('other@example.org'))).toEqual(['ErrorInvalidPropertySet']);
    expect(textIn(await bench.ask(get(id)), 'Subject')).toBe('b');
  });
});
