import { allOf, codesOf, ExchangeBench, textIn } from '../http/testing/exchange-bench';
import { contact, create, field, find, message, subjectsOf } from './testing/item-requests';

const constant = (value: string): string =>
  `<t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant>`;
const compare = (operator: string, path: string, value: string): string =>
  `<t:${operator}>${path}${constant(value)}</t:${operator}>`;
const contains = (mode: string, comparison: string, value: string): string =>
  `<t:Contains ContainmentMode="${mode}" ContainmentComparison="${comparison}">${field('item:Subject')}<t:Constant Value="${value}"/></t:Contains>`;
const where = (expression: string): string => `<m:Restriction>${expression}</m:Restriction>`;
const NUMBER =
  '<t:ExtendedFieldURI PropertySetId="c11ff724-aa03-4555-9952-8fa248a11c3e" PropertyName="n" PropertyType="Integer"/>';
const numbered = (value: number): string =>
  `<t:ExtendedProperty>${NUMBER}<t:Value>${value}</t:Value></t:ExtendedProperty>`;
const PATH_TO_PATH = `<t:IsEqualTo>${field('item:Subject')}<t:FieldURIOrConstant>${field('item:InReplyTo')}</t:FieldURIOrConstant></t:IsEqualTo>`;

const MESSAGES = [
  '<t:Message><t:Subject>Annual review</t:Subject><t:Importance>High</t:Importance>' +
    numbered(2) +
    '<t:IsRead>false</t:IsRead></t:Message>',
  '<t:Message><t:Subject>Budget café</t:Subject><t:Categories><t:String>Blue</t:String></t:Categories>' +
    numbered(10) +
    '</t:Message>',
  '<t:Message><t:Subject>call</t:Subject><t:InReplyTo>call</t:InReplyTo></t:Message>',
].join('');
const ALL = ['Annual review', 'Budget café', 'call'];

const started = async (): Promise<ExchangeBench> => {
  const bench = new ExchangeBench().withMailboxes();
  await bench.ask(create(MESSAGES));
  return bench;
};
const foundBy = async (rest: string, options = {}): Promise<string[]> =>
  subjectsOf(await (await started()).ask(find('drafts', rest, options)));

describe('a restriction', () => {
  it.each([
    ['IsEqualTo, whatever the case', compare('IsEqualTo', field('item:Subject'), 'CALL'), ['call']],
    ['IsNotEqualTo', compare('IsNotEqualTo', field('item:Subject'), 'call'), ALL.slice(0, 2)],
    ['IsGreaterThan, of numbers', compare('IsGreaterThan', NUMBER, '9'), ['Budget café']],
    ['IsGreaterThanOrEqualTo', compare('IsGreaterThanOrEqualTo', NUMBER, '2'), ALL.slice(0, 2)],
    ['IsLessThan', compare('IsLessThan', NUMBER, '10'), ['Annual review']],
    ['IsLessThanOrEqualTo', compare('IsLessThanOrEqualTo', NUMBER, '10'), ALL.slice(0, 2)],
    [
      'of times, with an offset',
      compare('IsLessThanOrEqualTo', field('item:DateTimeCreated'), '2026-11-22T09:00:00+01:00'),
      ALL,
    ],
    ['of times, that excludes', compare('IsLessThan', field('item:DateTimeCreated'), '2026-11-22T09:00:00+01:00'), []],
    ['of truth', compare('IsEqualTo', field('message:IsRead'), '0'), ['Annual review']],
    ['of lists', compare('IsEqualTo', field('item:Categories'), 'blue'), ['Budget café']],
    ['of one property with another', PATH_TO_PATH, ['call']],
    ['Exists', `<t:Exists>${NUMBER}</t:Exists>`, ALL.slice(0, 2)],
    ['Excludes', `<t:Excludes>${NUMBER}<t:Bitmask Value="0x8"/></t:Excludes>`, ['Annual review']],
    ['Not', `<t:Not><t:Exists>${NUMBER}</t:Exists></t:Not>`, ['call']],
    [
      'And',
      `<t:And><t:Exists>${NUMBER}</t:Exists>${compare('IsEqualTo', field('item:Importance'), 'High')}</t:And>`,
      ['Annual review'],
    ],
    ['Or', `<t:Or>${compare('IsEqualTo', NUMBER, '2')}${compare('IsEqualTo', NUMBER, '10')}</t:Or>`, ALL.slice(0, 2)],
    ['Contains a part', contains('Substring', 'Exact', 'all'), ['call']],
    ['Contains a part, not in this case', contains('Substring', 'Exact', 'ALL'), []],
    ['Contains a part, in any case', contains('Substring', 'IgnoreCase', 'ALL'), ['call']],
    ['Contains without marks', contains('Substring', 'Loose', 'CAFE'), ['Budget café']],
    ['Contains the whole', contains('FullString', 'IgnoreCase', 'CALL'), ['call']],
    ['Contains the start', contains('Prefixed', 'IgnoreCase', 'annual'), ['Annual review']],
    ['Contains the start of a word', contains('PrefixOnWords', 'IgnoreCase', 'rev'), ['Annual review']],
    ['Contains no whole word', contains('ExactPhrase', 'IgnoreCase', 'rev'), []],
    ['Contains a whole word', contains('ExactPhrase', 'IgnoreCase', 'review'), ['Annual review']],
  ])('finds by %s', async (_what, expression, found) => {
    expect((await foundBy(where(expression))).sort()).toEqual(found);
  });

  it('takes words of a query string', async () => {
    expect(await foundBy('', {})).toHaveLength(3);
    const bench = await started();
    const query = find('drafts').replace('</m:FindItem>', '<m:QueryString>review ANNUAL</m:QueryString></m:FindItem>');
    expect(subjectsOf(await bench.ask(query))).toEqual(['Annual review']);
  });

  it.each([
    ['ErrorUnsupportedPathForQuery', where(`<t:Exists>${field('item:EffectiveRights')}</t:Exists>`)],
    ['ErrorRestrictionTooComplex', where(`<t:Or>${`<t:Exists>${NUMBER}</t:Exists>`.repeat(300)}</t:Or>`)],
    [
      'ErrorInvalidExtendedProperty',
      where('<t:Exists><t:ExtendedFieldURI PropertyName="a" PropertyType="String"/></t:Exists>'),
    ],
    [
      'ErrorUnsupportedPathForSortGroup',
      `<m:SortOrder><t:FieldOrder Order="Ascending">${field('item:Body')}</t:FieldOrder></m:SortOrder>`,
    ],
    [
      'ErrorInvalidOperation',
      `<m:GroupBy Order="Ascending">${field('item:Subject')}<t:AggregateOn Aggregate="Minimum">${field('item:Subject')}</t:AggregateOn></m:GroupBy>`,
    ],
  ])('is refused with %s', async (code, rest) => {
    expect(codesOf(await (await started()).ask(find('drafts', rest)))).toEqual([code]);
  });
});

describe('order and pages', () => {
  const sorted = (uri: string, order: string): string =>
    `<m:SortOrder><t:FieldOrder Order="${order}">${uri}</t:FieldOrder></m:SortOrder>`;

  it.each([
    ['by text', sorted(field('item:Subject'), 'Descending'), ['call', 'Budget café', 'Annual review']],
    ['by number, nothing first', sorted(NUMBER, 'Ascending'), ['call', 'Annual review', 'Budget café']],
    ['newest first when nobody says', '', ['call', 'Budget café', 'Annual review']],
  ])('are %s', async (_what, rest, order) => {
    expect(await foundBy(rest)).toEqual(order);
  });

  const indexed = (offset: number, base: string): string =>
    `<m:IndexedPageItemView MaxEntriesReturned="2" Offset="${offset}" BasePoint="${base}"/>`;

  it.each([
    [
      indexed(0, 'Beginning'),
      ALL.slice(0, 2),
      { IndexedPagingOffset: '2', TotalItemsInView: '3', IncludesLastItemInRange: 'false' },
    ],
    [
      indexed(2, 'Beginning'),
      ALL.slice(2),
      { IndexedPagingOffset: '3', TotalItemsInView: '3', IncludesLastItemInRange: 'true' },
    ],
    [indexed(9, 'Beginning'), [], { IndexedPagingOffset: '3', TotalItemsInView: '3', IncludesLastItemInRange: 'true' }],
    [
      indexed(0, 'End'),
      ALL.slice(1),
      { IndexedPagingOffset: '2', TotalItemsInView: '3', IncludesLastItemInRange: 'false' },
    ],
    [
      indexed(2, 'End'),
      ALL.slice(0, 1),
      { IndexedPagingOffset: '3', TotalItemsInView: '3', IncludesLastItemInRange: 'true' },
    ],
    [
      '<m:FractionalPageItemView MaxEntriesReturned="1" Numerator="1" Denominator="3"/>',
      ALL.slice(1, 2),
      { NumeratorOffset: '2', AbsoluteDenominator: '3', TotalItemsInView: '3', IncludesLastItemInRange: 'false' },
    ],
  ])('are cut by %s', async (view, subjects, attributes) => {
    const reply = await (await started()).ask(find('drafts', sorted(field('item:Subject'), 'Ascending'), { view }));
    expect(subjectsOf(reply)).toEqual(subjects);
    expect(allOf(reply.body, 'RootFolder')[0]?.attributes).toEqual(attributes);
  });

  it.each([
    ['ErrorInvalidPagingMaxRows', indexed(0, 'Beginning').replace('"2"', '"0"')],
    ['ErrorInvalidIndexedPagingParameters', indexed(-1, 'Beginning')],
    ['ErrorInvalidFractionalPagingParameters', '<m:FractionalPageItemView Numerator="1" Denominator="0"/>'],
    [
      'ErrorCalendarFolderIsInvalidForCalendarView',
      '<m:CalendarView StartDate="2026-01-01T00:00:00Z" EndDate="2026-02-01T00:00:00Z"/>',
    ],
  ])('are refused with %s', async (code, view) => {
    expect(codesOf(await (await started()).ask(find('drafts', '', { view })))).toEqual([code]);
  });
});

describe('more than a server gives at once', () => {
  it('is given to those only who say how much they take', async () => {
    const bench = new ExchangeBench().withMailboxes();
    await bench.ask(create(Array.from({ length: 1001 }, () => message('m')).join('')));
    const view = '<m:IndexedPageItemView MaxEntriesReturned="5000" Offset="0" BasePoint="Beginning"/>';
    expect(codesOf(await bench.ask(find('drafts')))).toEqual(['ErrorExceededFindCountLimit']);
    expect(
      codesOf(await bench.ask(find('drafts', '', { view: view.replace(' MaxEntriesReturned="5000"', '') }))),
    ).toEqual(['ErrorExceededFindCountLimit']);
    expect(subjectsOf(await bench.ask(find('drafts', '', { view })))).toHaveLength(1000);
  });
});

describe('a list', () => {
  it('has neither bodies nor recipients, whatever is asked', async () => {
    const bench = new ExchangeBench().withMailboxes();
    const to = '<t:ToRecipients><t:Mailbox><t:EmailAddress>a@b.example</t:EmailAddress></t:Mailbox></t:ToRecipients>';
    await bench.ask(create(message('a', `<t:Body BodyType="Text">x</t:Body>${to}`)));
    const reply = await bench.ask(find('drafts', '', { base: 'AllProperties' }));
    expect([textIn(reply, 'Body'), allOf(reply.body, 'ToRecipients'), textIn(reply, 'DisplayTo')]).toEqual([
      null,
      [],
      'a@b.example',
    ]);
  });

  it('of contacts goes from one name to another', async () => {
    const bench = new ExchangeBench().withMailboxes();
    const names = ['Dora', 'Ada', 'Cleo', 'Ben'].map((name) => contact(`<t:GivenName>${name}</t:GivenName>`)).join('');
    await bench.ask(create(names));
    const view = '<m:ContactsView MaxEntriesReturned="10" InitialName="B" FinalName="C"/>';
    const reply = await bench.ask(find('contacts', '', { view }));
    expect(allOf(reply.body, 'DisplayName').map(({ text }) => text)).toEqual(['Ben', 'Cleo']);
  });
});
