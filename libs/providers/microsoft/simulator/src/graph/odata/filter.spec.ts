import { GraphError } from '../graph-error';
import { meets } from './evaluate-filter';
import { parseFilter } from './parse-filter';

const EVENT = {
  subject: "Ada's Lunch",
  size: 3,
  isAllDay: false,
  seriesMasterId: null,
  categories: ['Red', 'Blue'],
  start: { dateTime: '2026-12-01T09:00:00.0000000', timeZone: 'UTC' },
  marks: [
    { id: 'a', value: '1' },
    { id: 'b', value: '2' },
  ],
};

const scope = (name: string): unknown => Reflect.get(EVENT, name);

describe('a filter', () => {
  it.each([
    ["subject eq 'ada''s lunch'", true],
    ["subject ne 'x' and size gt 2", true],
    ['size ge 3 and size le 3 and not (size lt 3)', true],
    ["subject eq 'x' or size eq 3 and isAllDay eq true", false],
    ["(subject eq 'x' or size eq 3) and isAllDay eq false", true],
    ['not isAllDay', true],
    ['seriesMasterId eq null', true],
    ['size ne null', true],
    ['size gt null', false],
    ['size in (1, 2, 3)', true],
    ["contains(subject, 'LUNCH') and startswith(subject,'ada') and endswith(subject, 'nch')", true],
    ["tolower(subject) eq 'ada''s lunch'", true],
    ["start/dateTime ge '2026-12-01T09:00:00Z'", true],
    ['start/dateTime lt 2026-12-01T10:00:00+01:00', false],
    ["categories/any(c:c eq 'blue')", true],
    ["categories/all(c:c eq 'blue')", false],
    ['categories/any()', true],
    ["marks/any(m: m/id eq 'a' and m/value eq '2')", false],
    ["marks/any(m: m/id eq 'b' and m/value eq '2')", true],
    ["nothing/any(m: m eq 'x')", false],
  ])('%s is %p', (text, expected) => {
    expect(meets(parseFilter(text), scope)).toBe(expected);
  });

  it.each([
    '',
    'subject eq',
    "subject eq 'x",
    "subject like 'x'",
    '(size eq 3',
    'size eq 3)',
    'size in 3',
    "categories/any(c 'x')",
    'size eq 3 size eq 4',
    `${'('.repeat(40)}size eq 3${')'.repeat(40)}`,
    `subject eq '${'x'.repeat(5000)}'`,
    'a # b',
  ])('refuses %s', (text) => {
    expect(() => parseFilter(text)).toThrow(GraphError);
  });

  it('refuses to compare what cannot be compared', () => {
    expect(() => meets(parseFilter("size eq '3'"), scope)).toThrow('different types');
  });
});
