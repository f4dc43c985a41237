import { allOf, codesOf, ExchangeBench, idIn } from '../http/testing/exchange-bench';
import { complexType, valuesOf } from '../wire/schema';
import { itemType } from './item-kinds';
import { readPath } from './property-path';
import { additional, create, field, get } from './testing/item-requests';
import { element } from '../wire/element';

const KINDS = [...(complexType('t:ArrayOfRealItemsType')?.elements.keys() ?? [])];
const PREFIXES: Record<string, RegExp> = {
  Item: /^item:/,
  Message: /^(item|message):/,
  CalendarItem: /^(item|calendar):/,
  Contact: /^(item|contacts):/,
  DistributionList: /^(item|distributionlist):/,
  MeetingMessage: /^(item|message|meeting):/,
  MeetingRequest: /^(item|message|meetingRequest):/,
  MeetingResponse: /^(item|message|meeting):/,
  MeetingCancellation: /^(item|message):/,
  Task: /^(item|task):/,
  PostItem: /^(item|postitem):/,
};
/** Named by the schema as paths, but no property of any element in it, or only of other meeting messages. */
const WITHOUT_ELEMENT = ['item:MimeContentUTF8', 'meeting:ProposedStart', 'meeting:ProposedEnd'];
const BODY = '<t:Body BodyType="HTML">&lt;p&gt;Hello &amp;amp; welcome&lt;/p&gt;</t:Body>';

it.each(KINDS)('a %s can be made, read in every shape, and deleted', async (kind) => {
  const bench = new ExchangeBench().withMailboxes();
  const made = await bench.ask(create(`<t:${kind}><t:Subject>a</t:Subject>${BODY}</t:${kind}>`));
  expect(codesOf(made)).toEqual(['NoError']);
  const id = idIn(made);
  for (const base of ['IdOnly', 'Default', 'AllProperties']) {
    const got = await bench.ask(get(id, base, '<t:IncludeMimeContent>true</t:IncludeMimeContent>'));
    expect([got.status, codesOf(got)]).toEqual([200, ['NoError']]);
    expect(allOf(got.body, kind)).toHaveLength(1);
    expect(allOf(got.body, 'MimeContent')).toHaveLength(1);
  }
  expect(bench.bugs).toEqual([]);
});

it.each(KINDS)('every path of the schema can be asked of a %s', async (kind) => {
  const bench = new ExchangeBench().withMailboxes();
  const id = idIn(await bench.ask(create(`<t:${kind}><t:Subject>a</t:Subject>${BODY}</t:${kind}>`)));
  const paths = valuesOf('t:UnindexedFieldURIType').map(field).join('');
  const got = await bench.ask(get(id, 'IdOnly', additional(paths)));
  expect([got.status, codesOf(got), bench.bugs]).toEqual([200, ['NoError'], []]);
  expect(allOf(got.body, 'TextBody')[0]?.text).toBe('Hello & welcome');
});

it.each(KINDS)('every path of a %s names one of its elements', (kind) => {
  const elements = complexType(itemType(kind) ?? '')?.elements;
  const paths = valuesOf('t:UnindexedFieldURIType').filter((uri) => PREFIXES[kind]?.test(uri) === true);
  const names = paths
    .filter((uri) => !WITHOUT_ELEMENT.includes(uri))
    .map((uri) => {
      const path = readPath(element('FieldURI', [], { FieldURI: uri }));
      return path.kind === 'field' ? path.name : '';
    });
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => elements?.has(name) !== true)).toEqual([]);
});
