import { noJournal } from '@daybook/simulator-kit';
import { ADA, allOf, ExchangeBench, NOW } from '../http/testing/exchange-bench';
import { seriesCalendarRules } from '../items/series-calendar-rules';
import { idOf, keyFor } from '../mailbox/ids';
import { element, type XmlElement } from '../wire/element';
import { convertId } from './convert-id';
import { DirectoryBook } from './directory-book';
import { directoryBench } from './testing/directory-bench';
import { ewsIdOf, inFormat } from './id-formats';

const ID = idOf('item', keyFor('an item'));
const FORMATS = ['EwsLegacyId', 'EwsId', 'EntryId', 'HexEntryId', 'StoreId', 'OwaId'] as const;

describe('ids', () => {
  it.each(FORMATS)('come back from %s', (format) => {
    for (const id of [ID, idOf('folder', keyFor('a/b+c')), seriesCalendarRules.occurrenceId(ID, '2026-11-23')]) {
      expect(ewsIdOf(inFormat(id, format), format)).toBe(id);
    }
  });

  it.each([
    ['HexEntryId', 'xyz'],
    ['HexEntryId', 'ABC'],
    ['HexEntryId', '00'],
    ['EntryId', '!'],
    ['OwaId', 'AAAA%'],
    ['EwsId', 'A'.repeat(4000)],
  ] as const)('are none: %s %s', (format, text) => {
    expect(ewsIdOf(text, format)).toBeNull();
  });
});

describe('ConvertId', () => {
  const alternate = (Id: string, Format: string, Mailbox = ADA): XmlElement =>
    element('AlternateId', [], { Id, Format, Mailbox });
  const { around } = new ExchangeBench().withMailboxes();
  const operation = convertId({
    ...around,
    calendar: seriesCalendarRules,
    book: new DirectoryBook(() => noJournal),
    zoneOf: () => null,
  });
  const attributesIn = (tree: XmlElement): XmlElement['attributes'] | undefined =>
    tree.name === 'AlternateId'
      ? tree.attributes
      : tree.children.map(attributesIn).find((attributes) => attributes !== undefined);
  const call = {
    mailbox: ADA,
    caller: ADA,
    now: NOW,
    version: 'Exchange2013_SP1',
    timeZone: null,
    culture: null,
    origin: '',
  } as const;
  const convert = (ids: readonly XmlElement[], DestinationFormat: string) =>
    operation(element('ConvertId', [element('SourceIds', ids)], { DestinationFormat }), call);

  it('gives an id in another form and says which', async () => {
    const hex = inFormat(ID, 'HexEntryId');
    const there = await convert([alternate(ID, 'EwsId')], 'HexEntryId');
    expect(attributesIn(there)).toMatchObject({ Id: hex, Format: 'HexEntryId' });
    const back = await convert([alternate(hex, 'HexEntryId')], 'EwsId');
    expect(attributesIn(back)).toMatchObject({ Id: ID, Mailbox: ADA });
  });

  it('answers in XML that a reader of namespaces takes', async () => {
    const source = `<t:AlternateId Id="${ID}" Format="EwsId" Mailbox="${ADA}"/>`;
    const reply = await directoryBench().ask(
      `<m:ConvertId DestinationFormat="HexEntryId"><m:SourceIds>${source}</m:SourceIds></m:ConvertId>`,
    );
    const [found] = allOf(reply.body, 'AlternateId');
    expect(found?.attributes).toMatchObject({ Id: inFormat(ID, 'HexEntryId'), Mailbox: ADA });
  });

  it('refuses each id that cannot be converted', async () => {
    const request = [alternate('AAAA', 'EwsId'), alternate(ID, 'EwsId', 'x@example.com'), alternate(ID, 'HexEntryId')]
      .map(
        ({ attributes: { Id, Format, Mailbox } }) =>
          `<t:AlternateId Id="${Id}" Format="${Format}" Mailbox="${Mailbox}"/>`,
      )
      .join('');
    const folder = '<t:AlternatePublicFolderId Format="EwsId" FolderId="AAAA"/>';
    const reply = await directoryBench().ask(
      `<m:ConvertId DestinationFormat="EntryId"><m:SourceIds>${request}${folder}</m:SourceIds></m:ConvertId>`,
    );
    expect(allOf(reply.body, 'ResponseCode').map(({ text }) => text)).toEqual([
      'ErrorInvalidIdMalformed',
      'ErrorNonExistentMailbox',
      'ErrorInvalidIdMalformed',
      'ErrorNoPublicFolderServerAvailable',
    ]);
  });
});
