import { turnsDuring } from '../testing/turns-during';
import { readAnswer } from './read-answer';
import { UnreadableAnswer } from './record-reader';
import { attributes, list, record, text, textWith } from './record-shape';

const ITEM = record({ ItemId: attributes('Id'), Subject: text(20) });
const SHAPE = record({ Items: list({ CalendarItem: ITEM }), Value: textWith('Name') });
const read = (xml: string) => readAnswer(Buffer.from(xml), 'Answer', SHAPE);

describe('an answer', () => {
  it('gives what was asked for and nothing else, with prefixes and without', async () => {
    const inner = (t: string) =>
      `<${t}Value Name="n">v</${t}Value><${t}Items><${t}Message/><${t}CalendarItem><${t}Other><${t}Subject>no</${t}Subject></${t}Other>` +
      `<${t}ItemId Id="a" ChangeKey="b"/><${t}Subject>A &amp; <![CDATA[<B>]]></${t}Subject></${t}CalendarItem></${t}Items>`;
    const wanted = {
      Value: { Name: 'n', text: 'v' },
      Items: [{ element: 'CalendarItem', ItemId: { Id: 'a' }, Subject: 'A & <B>' }],
    };
    expect(await read(`<Answer xmlns="x">${inner('')}</Answer>`)).toEqual(wanted);
    expect(await read(`<m:Answer xmlns:m="x" xmlns:t="y">${inner('t:')}</m:Answer>`)).toEqual(wanted);
  });

  it('is cut where a text is longer than wanted, and never within a sign', async () => {
    const subject = `${'x'.repeat(19)}👩`;
    const { Items: items } = await read(
      `<Answer><Items><CalendarItem><Subject>${subject}</Subject></CalendarItem></Items></Answer>`,
    );
    expect(items).toEqual([{ element: 'CalendarItem', Subject: 'x'.repeat(19) }]);
  });

  it('may hold signs that XML does not have, wherever a piece of it ends', async () => {
    const subjects = Array.from({ length: 9000 }, (_none, at) => `${at}&#x1;&#2;é\u0003`);
    const items = subjects.map((subject) => `<CalendarItem><Subject>${subject}</Subject></CalendarItem>`);
    const { Items: found } = await read(`\ufeff<Answer><Items>${items.join('')}</Items></Answer>`);
    expect(found).toEqual(
      subjects.map((_none, at) => ({ element: 'CalendarItem', Subject: `${at}\ufffd\ufffdé\ufffd` })),
    );
  });

  it.each([
    ['is another document', '<html><body>Sign in</body></html>'],
    ['is no XML', 'Service unavailable'],
    ['is empty', ''],
    ['is cut', '<Answer><Items>'],
    ['ends wrongly', '<Answer><Items></Answer>'],
    ['has a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Answer/>'],
    ['names an entity of its own', '<Answer>&b;</Answer>'],
    ['is nested deeply', '<a>'.repeat(100)],
    ['is nested deeply below what is wanted', `<Answer>${'<a>'.repeat(100)}`],
  ])('that %s is refused', async (_what, xml) => {
    await expect(read(xml)).rejects.toThrow(UnreadableAnswer);
  });

  it('lets others have their turn while a long one is read', async () => {
    const item = `<t:CalendarItem><t:ItemId Id="${'a'.repeat(150)}"/><t:Subject>x</t:Subject><t:Body>${'text '.repeat(200)}</t:Body></t:CalendarItem>`;
    const long = Buffer.from(`<Answer xmlns:t="t"><t:Items>${item.repeat(8000)}</t:Items></Answer>`);
    expect(await turnsDuring(() => readAnswer(long, 'Answer', SHAPE))).toBeGreaterThan(30);
  });
});
