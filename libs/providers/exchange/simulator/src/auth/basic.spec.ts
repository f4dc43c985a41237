import { readBasic, samePassword } from './basic';

const encoded = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64');

describe('readBasic', () => {
  it('takes DOMAIN\\user apart, and leaves colons to the password', () => {
    expect(readBasic(encoded('EXAMPLE\\ada:a:b'))).toEqual({
      name: { domain: 'EXAMPLE', user: 'ada' },
      password: 'a:b',
    });
    expect(readBasic(encoded('ada@example.com:'))).toEqual({
      name: { domain: '', user: 'ada@example.com' },
      password: '',
    });
  });

  it('reads UTF-8, and Latin-1 where it is no UTF-8', () => {
    expect(readBasic(encoded('ada:pässwörd'))?.password).toBe('pässwörd');
    expect(readBasic(encoded('ada:pässwörd', 'latin1'))?.password).toBe('pässwörd');
  });

  it.each([[''], ['***'], [encoded('no colon')], ['A'.repeat(12_001)]])('finds no credentials in "%.20s"', (text) => {
    expect(readBasic(text)).toBeNull();
  });
});

describe('samePassword', () => {
  it('compares letter by letter', () => {
    expect([samePassword('Aé', 'Aé'), samePassword('Aé', 'aé'), samePassword('', 'a')]).toEqual([true, false, false]);
  });
});
