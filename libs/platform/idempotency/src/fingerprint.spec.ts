import type { RawBody } from '@daybook/contracts';
import { fingerprintOf, placeOf } from './fingerprint';

const json = (text: string): RawBody => ({ type: 'json', value: JSON.parse(text) });
const same = (left: string, right: string) => fingerprintOf(json(left)) === fingerprintOf(json(right));

describe('the fingerprint of a body', () => {
  it('is the same whatever order fields and white space have', () => {
    expect(same('{"a":1,"b":{"c":[1,2],"d":null}}', ' {"b": {"d": null, "c": [1, 2]}, "a": 1.0 }')).toBe(true);
    expect(same('{"10":1,"9":2,"a":3}', '{"a":3,"9":2,"10":1}')).toBe(true);
  });

  it.each([
    ['{"a":[1,2]}', '{"a":[2,1]}'],
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":1}', '{"a":1,"b":null}'],
    ['{"a":{"b":1}}', '{"a":[{},["b",1]]}'],
    ['{}', '[]'],
    ['null', '{}'],
  ])('tells %s and %s apart', (left, right) => {
    expect(same(left, right)).toBe(false);
  });

  it('tells no body, a broken one and JSON apart', () => {
    const bodies: (RawBody | undefined)[] = [{ type: 'none' }, { type: 'malformed', reason: 'no' }, json('null')];
    expect(new Set(bodies.map(fingerprintOf)).size).toBe(3);
    expect(fingerprintOf(undefined)).toBe(fingerprintOf({ type: 'none' }));
  });

  it('has places that no other parts lead to', () => {
    expect(placeOf(['a', 'b'])).not.toBe(placeOf(['a,b']));
    expect(placeOf(['a', 'b'])).not.toBe(placeOf(['', 'ab']));
  });
});
