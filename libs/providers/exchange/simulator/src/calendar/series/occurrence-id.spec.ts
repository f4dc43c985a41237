import * as fc from 'fast-check';
import { occurrenceId, readOccurrenceId } from './occurrence-id';

const DAY = 86_400_000;

describe('ids of occurrences', () => {
  it('tell master and day, and are no ids of anything else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 0, max: 900_000 }),
        (bytes, days) => {
          const masterId = Buffer.from(bytes).toString('base64');
          const day = new Date(days * DAY).toISOString().slice(0, 10);
          const id = occurrenceId(masterId, day);
          expect(readOccurrenceId(id)).toEqual({ masterId, day });
          expect(readOccurrenceId(masterId)).toBeNull();
          expect(id.length).toBeLessThanOrEqual(masterId.length + 24);
        },
      ),
    );
    expect(readOccurrenceId(occurrenceId('not base64!', '2026-11-23'))).toEqual({
      masterId: 'not base64!',
      day: '2026-11-23',
    });
  });

  it('differ by case', () => {
    const id = occurrenceId('AAMkAGIw', '2026-11-23');
    expect(readOccurrenceId(id.toLowerCase())).toBeNull();
    expect(occurrenceId('aamkagiw', '2026-11-23').toLowerCase()).not.toBe(id);
  });
});
