import { deterministicId, newId } from './new-id';

const at = (iso: string) => ({ now: () => new Date(iso) });

describe('newId', () => {
  it('is a prefix and 26 characters that are easy to read aloud', () => {
    expect(newId('usr')).toMatch(/^usr_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('grows inside one millisecond and when the clock steps back', () => {
    const ids = [
      newId('x', at('2030-01-01T00:00:00Z')),
      newId('x', at('2030-01-01T00:00:00Z')),
      newId('x', at('2029-12-31T23:59:59Z')),
      newId('x', at('2030-01-01T00:00:01Z')),
    ];
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(4);
  });

  it('does not repeat itself in a hundred thousand', () => {
    expect(new Set(Array.from({ length: 100_000 }, () => newId('x'))).size).toBe(100_000);
  });
});

describe('deterministicId', () => {
  it('is the same for the same parts', () => {
    expect(deterministicId('occ', 'mtg_1', '2026-01-01')).toBe(deterministicId('occ', 'mtg_1', '2026-01-01'));
    expect(deterministicId('occ', 'mtg_1', '2026-01-01')).toMatch(/^occ_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('keeps the ids that databases hold already', () => {
    expect(deterministicId('mtg', 'cal_1', 'abc')).toBe('mtg_2h69v18g0azgr4gfkg132qrde4');
  });

  it('differs when a part moves over the border to the next', () => {
    expect(deterministicId('x', 'a', 'bc')).not.toBe(deterministicId('x', 'ab', 'c'));
  });
});
