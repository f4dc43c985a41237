import { readChallenges } from './challenges';

const schemes = (header: string | string[] | undefined) => readChallenges(header).map(({ scheme }) => scheme);

describe('the challenges of a 401', () => {
  it.each<[string, string | string[] | undefined, string[]]>([
    ['none', undefined, []],
    ['an empty one', '', []],
    ['one each line', ['Negotiate', 'NTLM', 'Basic realm="mail"'], ['negotiate', 'ntlm', 'basic']],
    ['all in a line', 'Negotiate, NTLM, Basic realm="mail"', ['negotiate', 'ntlm', 'basic']],
    ['with commas in a text', 'Basic realm="a, NTLM, \\"b", charset="UTF-8", ntlm', ['basic', 'ntlm']],
    ['with many parameters', 'Bearer client_id="x", trusted_issuers="y, NTLM", Basic realm = "z"', ['bearer', 'basic']],
    ['with a text that does not end', 'Basic realm="NTLM, NTLM', ['basic']],
  ])('are read: %s', (_what, header, expected) => {
    expect(schemes(header)).toEqual(expected);
  });

  it('have a message behind the scheme', () => {
    expect(readChallenges('NTLM TlRMTVNTUAAC==, Basic realm="x"')[0]).toEqual({
      scheme: 'ntlm',
      token: 'TlRMTVNTUAAC==',
    });
  });

  it('take no time to speak of, however odd', () => {
    const started = performance.now();
    readChallenges(`${'a=",\\'.repeat(4000)} ${' '.repeat(8000)}=`);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
