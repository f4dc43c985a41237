import { calendarIdOf, ID_FORMATS, idOf, ItemKeys, keyFor, readCalendarId, readId, readRestId } from './item-ids';

describe('ids of items', () => {
  it.each(ID_FORMATS)('come back from %s', (format) => {
    const keys = new ItemKeys();
    for (let turn = 0; turn < 50; turn += 1) {
      for (const day of [null, '20261123']) {
        const name = { key: keys.next(), day };
        expect(readId(idOf(name, format), format)).toEqual(name);
      }
    }
  });

  it('differ between formats and are taken for no other one', () => {
    const name = { key: keyFor('x'), day: null };
    const ids = ID_FORMATS.map((format) => idOf(name, format));
    expect(new Set(ids).size).toBeGreaterThanOrEqual(4);
    expect(readId(idOf(name, 'restId'), 'restImmutableEntryId')).toBeNull();
    expect(readRestId(idOf(name, 'entryId'))).toBeNull();
    expect(readRestId(calendarIdOf(name.key))).toBeNull();
    expect(readCalendarId(idOf(name, 'restId'))).toBeNull();
    expect(readCalendarId(calendarIdOf(name.key))).toBe(name.key);
  });

  it('come in pairs that only the case of a letter tells apart', () => {
    const keys = new ItemKeys();
    const [one, other] = [keys.next(), keys.next()];
    expect(one).not.toBe(other);
    expect(one.toLowerCase()).toBe(other.toLowerCase());
    expect(keys.next().toLowerCase()).not.toBe(one.toLowerCase());
  });
});
