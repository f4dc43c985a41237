import { besideId, moveNote, moveNoteOff, type OwedMove, readMoves } from './owed-moves';

const many = (count: number, prefix = 'series'): OwedMove[] =>
  Array.from({ length: count }, (_none, n) => {
    const [from, to] = ['T080000Z', 'T140000Z'].map((time) => `${prefix}_2026${String(1000 + n)}${time}`);
    return { from: from ?? '', to: n % 3 === 0 ? null : (to ?? ''), fields: n % 2 === 0 ? [] : ['title', 'time'] };
  });

describe('moves that a series owes', () => {
  it.each([1, 20, 200])('are read back as they were noted: %d of them, in values that Google takes', (count) => {
    const moves = many(count);
    const extendedProperties = moveNote(moves);
    expect(readMoves({ extendedProperties })).toEqual(moves);
    const values = Object.values(Object(Reflect.get(extendedProperties, 'private')));
    expect(values.every((value) => String(value).length <= 1024)).toBe(true);
  });

  it('are refused before anything is sent where there are too many', () => {
    expect(() => moveNote(many(1000))).toThrow(expect.objectContaining({ kind: 'Rejected' }));
  });

  it('are whole days, too, and belong to a series that was split', () => {
    const moves: OwedMove[] = [
      { from: 'a_20261130', to: 'a_20261130T140000Z', fields: ['attendees', 'visibility'] },
      { from: 'a_R20261001_20261207', to: 'a_R20261001_20261208', fields: ['description', 'location'] },
    ];
    expect(readMoves({ extendedProperties: moveNote(moves) }).map(({ from, to }) => [from, to])).toEqual(
      moves.map(({ from, to }) => [from, to]),
    );
    expect(besideId('a_20261130T080000Z', '20261201')).toBe('a_20261201');
  });

  it('are taken off alone, and what is no note of ours is none', () => {
    const { private: noted } = Object(moveNote(many(60)));
    const event = { extendedProperties: { private: { ...noted, daybookMeeting: 'mtg', other: 'x' } } };
    expect(moveNoteOff(event)).toEqual({ private: Object.fromEntries(Object.keys(noted).map((name) => [name, null])) });
    for (const value of ['', '>', 'a>b:c', 'a b c', '../x_20261130>20261201:t', 7, null])
      expect(readMoves({ extendedProperties: { private: { daybookMoves0: value } } })).toEqual([]);
  });
});
