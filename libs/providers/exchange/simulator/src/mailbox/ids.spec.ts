import { changeKeyOf, idOf, Keys, looksLikeId, readId, versionOf } from './ids';

describe('ids', () => {
  it.each(['folder', 'item', 'attachment'] as const)('of a %s can be read, and are base64', (kind) => {
    const key = new Keys().next();
    const id = idOf(kind, key);
    expect(readId(id)).toEqual({ kind, key });
    expect(looksLikeId(id)).toBe(true);
    expect(Buffer.from(id, 'base64').toString('base64')).toHaveLength(id.length);
  });

  it.each(['', 'x', 'AAMkADQ2ZGI3', `${idOf('item', new Keys().next())}A`, 'ä'.repeat(48)])(
    'that were never given out name nothing: %s',
    (text) => {
      expect(readId(text)).toBeNull();
    },
  );

  it('come in pairs that only case tells apart', () => {
    const keys = new Keys();
    const [one, other] = [keys.next(), keys.next()];
    expect(one).not.toBe(other);
    expect(one.toLowerCase()).toBe(other.toLowerCase());
  });
});

describe('change keys', () => {
  it.each([0, 1, 2 ** 32, 2 ** 47])('stand for version %d', (version) => {
    expect(versionOf(changeKeyOf('item', version))).toBe(version);
    expect(changeKeyOf('folder', version)).not.toBe(changeKeyOf('item', version));
  });

  it('that were never given out stand for nothing', () => {
    expect(versionOf('x')).toBeNull();
  });
});
