import { childOf } from './element';
import { readXml } from './read-xml';
import { NAMESPACES } from './schema';
import { validate } from './validate';
import { SchemaViolation } from './violations';

const { t = '', m = '' } = NAMESPACES;
const read = (body: string) => readXml(body.replace(/^<m:\w+/, (start) => `${start} xmlns:m="${m}" xmlns:t="${t}"`));

const sync = (max: string): string =>
  `<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="inbox"/></m:SyncFolderId><m:MaxChangesReturned>${max}</m:MaxChangesReturned></m:SyncFolderItems>`;
const create = (item: string): string =>
  `<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem>${item}</t:CalendarItem></m:Items></m:CreateItem>`;
const find = (restriction: string): string =>
  `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:Restriction>${restriction}</m:Restriction><m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>`;
const isEqual = `<t:IsEqualTo><t:FieldURI FieldURI="item:Subject"/><t:FieldURIOrConstant><t:Constant Value="x"/></t:FieldURIOrConstant></t:IsEqualTo>`;

describe('a request that fits the schema', () => {
  it.each([
    ['numbers at their bound', sync('512')],
    ['fields in order', create('<t:Subject>x</t:Subject><t:Start>2026-11-20T09:00:00.1234567Z</t:Start>')],
    ['nothing in an item', create('')],
    ['substituted elements', find(isEqual)],
    ['nested expressions', find(`<t:And>${isEqual}<t:Not>${isEqual}</t:Not></t:And>`)],
    [
      'a choice of ids',
      '<m:DeleteItem DeleteType="HardDelete"><m:ItemIds><t:ItemId Id="a"/></m:ItemIds></m:DeleteItem>',
    ],
  ])('passes with %s', (_what, body) => {
    expect(() => validate(read(body))).not.toThrow();
  });

  it('becomes a plain tree with normal values', () => {
    const item = validate(read(create('<t:Subject> x </t:Subject><t:IsAllDayEvent> 1 </t:IsAllDayEvent>')));
    const calendarItem = childOf(childOf(item, 'Items'), 'CalendarItem');
    expect(calendarItem?.children.map(({ name, text }) => [name, text])).toEqual([
      ['Subject', ' x '],
      ['IsAllDayEvent', 'true'],
    ]);
    expect(Object.keys(calendarItem ?? {}).sort()).toEqual(['attributes', 'children', 'name', 'text']);
  });
});

describe('a request that does not fit the schema', () => {
  it.each([
    [
      'a number too big',
      sync('513'),
      `The '${m}:MaxChangesReturned' element is invalid - The value '513' is invalid according to its datatype '${t}:MaxSyncChangesReturnedType' - The MaxInclusive constraint failed.`,
    ],
    ['a number that is none', sync('x'), "The string 'x' is not a valid Int32 value."],
    [
      'fields out of order',
      create('<t:Start>2026-11-20T09:00:00Z</t:Start><t:Subject>x</t:Subject>'),
      `The element 'CalendarItem' in namespace '${t}' has invalid child element 'Subject' in namespace '${t}'. List of possible elements expected: 'End, OriginalStart, `,
    ],
    [
      'an element in the wrong namespace',
      create('<m:Subject/>'),
      `invalid child element 'Subject' in namespace '${m}'`,
    ],
    ['an element nobody knows', create('<t:Colour/>'), "invalid child element 'Colour'"],
    ['a dateTime that is none', create('<t:Start>2026-13-20T09:00:00Z</t:Start>'), 'is not a valid DateTime value.'],
    [
      'a boolean that is none',
      create('<t:IsAllDayEvent>yes</t:IsAllDayEvent>'),
      "The string 'yes' is not a valid Boolean",
    ],
    [
      'an enumeration value nobody knows',
      create('<t:Sensitivity>Secret</t:Sensitivity>'),
      'The Enumeration constraint failed.',
    ],
    [
      'text between elements',
      create('x<t:Subject/>'),
      `The element 'CalendarItem' in namespace '${t}' cannot contain text.`,
    ],
    ['elements inside of text', create('<t:Subject><t:Body/></t:Subject>'), 'because the content model is text only.'],
    [
      'content that is incomplete',
      '<m:SyncFolderItems/>',
      "has incomplete content. List of possible elements expected: 'ItemShape'",
    ],
    ['an attribute that is missing', '<m:DeleteItem/>', "The required attribute 'DeleteType' is missing."],
    ['an attribute nobody knows', '<m:SyncFolderItems a="b"/>', "The 'a' attribute is not declared."],
    [
      'an attribute with a wrong value',
      sync('1').replace('"inbox"', '"in"'),
      `The 'Id' attribute is invalid - The value 'in' is invalid according to its datatype '${t}:DistinguishedFolderIdNameType' - The Enumeration constraint failed.`,
    ],
    ['an abstract element', find('<t:SearchExpression/>'), "invalid child element 'SearchExpression'"],
    ['an operation nobody knows', '<m:GetWeather/>', `The '${m}:GetWeather' element is not declared.`],
  ])('is refused with %s', (_what, body, violation) => {
    expect(() => validate(read(body))).toThrow(violation);
  });

  it('names the place of the fault', () => {
    const body = create('\n<t:Colour/>');
    const fault = (() => {
      try {
        return validate(read(body));
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(SchemaViolation);
    expect(fault).toMatchObject({ line: 2, position: 2 });
  });
});
