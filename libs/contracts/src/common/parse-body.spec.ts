import { z } from 'zod';
import { fieldFaultSchema, ProblemError } from '../problem/problem';
import { parseBody } from './parse-body';

const schema = z.strictObject({
  topic: z.string().min(1).max(5),
  attendees: z.array(z.string()).max(1).optional(),
  day: z.iso.date().optional(),
});

function faultsOf(value: unknown) {
  try {
    parseBody(schema, { type: 'json', value });
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.fields?.map(({ field, code }) => [field, code]);
  }
  return [];
}

describe('a body that is read', () => {
  it.each([
    [{ topic: '' }, 'topic', 'needed'],
    [{ topic: 'too long' }, 'topic', 'too_long'],
    [{ topic: 'a', attendees: ['a', 'b'] }, 'attendees', 'too_many'],
    [{ topic: 'a', day: 'never' }, 'day', 'invalid'],
    [{ topic: 'a', odd: 1 }, 'odd', 'unknown_field'],
  ])('of %j says that %s is %s', (value, field, code) => {
    expect(faultsOf(value)).toEqual([[field, code]]);
  });
});

describe('a fault that another release sent', () => {
  it.each([{}, { code: 'brand_new' }])('is read with %j as invalid', (more) => {
    const fault = { field: 'topic', detail: 'No.', ...more };
    expect(fieldFaultSchema.parse(fault)).toEqual({ field: 'topic', code: 'invalid', detail: 'No.' });
  });
});
