import { element } from './element';
import { readXml } from './read-xml';
import { validate } from './validate';
import { PREFIX_DECLARATIONS, UnwritableXml, writeXml } from './write-xml';

const message = (items: Parameters<typeof element>[1]) =>
  element('GetItemResponse', [
    element('ResponseMessages', [
      element('GetItemResponseMessage', [element('Items', items), element('ResponseCode', 'NoError')], {
        ResponseClass: 'Success',
      }),
    ]),
  ]);
const written = (items: Parameters<typeof element>[1]): string => writeXml(message(items), 'm:GetItemResponse');

describe('writing XML', () => {
  it('puts children into the order of the schema, each with its prefix', () => {
    expect(written([element('CalendarItem', [element('Location', 'b'), element('Subject', 'a')])])).toBe(
      '<m:GetItemResponse><m:ResponseMessages><m:GetItemResponseMessage ResponseClass="Success">' +
        '<m:ResponseCode>NoError</m:ResponseCode><m:Items><t:CalendarItem><t:Subject>a</t:Subject>' +
        '<t:Location>b</t:Location></t:CalendarItem></m:Items></m:GetItemResponseMessage></m:ResponseMessages></m:GetItemResponse>',
    );
  });

  it('leaves the order of a list as it is', () => {
    const text = written([element('Contact'), element('CalendarItem'), element('Contact')]);
    expect([...text.matchAll(/<t:(\w+)\/>/g)].map(([, name]) => name)).toEqual(['Contact', 'CalendarItem', 'Contact']);
  });

  it('gives back what was written, whatever the text holds', () => {
    const subject = ' <&>"\' \r\n\t]]> ü 👍 ';
    const category = element('Categories', [element('String', '"\r\n')]);
    const tree = element('Message', [element('Subject', subject), category]);
    const text = written([tree]).replace('>', `${PREFIX_DECLARATIONS}>`);
    expect(validate(readXml(text))).toEqual(JSON.parse(JSON.stringify(orderedMessage(tree))));
  });

  it('drops what XML cannot hold', () => {
    expect(written([element('Message', [element('Subject', 'a\u0000b\uD800c\uFFFFd👍')])])).toContain('>abcd👍<');
  });

  it('writes what the schema says nothing of', () => {
    const extra = element('MessageXml', [element('Value', '1<2', { Name: 'a"b' })]);
    const code = element('ResponseCode', 'ErrorServerBusy');
    const answer = element('DeleteItemResponse', [
      element('ResponseMessages', [element('DeleteItemResponseMessage', [extra, code], { ResponseClass: 'Error' })]),
    ]);
    expect(writeXml(answer, 'm:DeleteItemResponse')).toContain(
      '<m:MessageXml><t:Value Name="a&quot;b">1&lt;2</t:Value></m:MessageXml>',
    );
  });

  it.each([
    ['an element the schema does not hold', [element('CalendarItem', [element('Colour', 'red')])]],
    ['an element twice that may stand once', [element('Message', [element('Subject', 'a'), element('Subject', 'b')])]],
    ['a value of another type', [element('Message', [element('IsRead', 'yes')])]],
    ['a required attribute missing', [element('Message', [element('ItemId')])]],
    ['an attribute the schema does not hold', [element('Message', [element('ItemId', [], { Id: 'a', Colour: 'b' })])]],
    ['text where elements stand', [element('Message', 'text')]],
    ['elements where text stands', [element('Message', [element('Subject', [element('Body')])])]],
    ['an element that must not be empty', [element('Message', [element('ExtendedProperty')])]],
  ])('refuses %s', (_what, items) => {
    expect(() => written(items)).toThrow(UnwritableXml);
  });

  it('writes only elements that the schema holds', () => {
    expect(() => writeXml(element('Weather'), 'm:Weather')).toThrow(UnwritableXml);
  });
});

const orderedMessage = (tree: ReturnType<typeof element>) =>
  element('GetItemResponse', [
    element('ResponseMessages', [
      element('GetItemResponseMessage', [element('ResponseCode', 'NoError'), element('Items', [tree])], {
        ResponseClass: 'Success',
      }),
    ]),
  ]);
