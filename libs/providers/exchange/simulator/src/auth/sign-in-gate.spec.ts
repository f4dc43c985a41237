import { accountsOfDomains } from './account';
import { SignInGate } from './sign-in-gate';
import type { SignInSetting } from './sign-in-setting';
import { clientAuthenticate, clientNegotiate } from './testing/ntlm-client';

const ADA = 'ada@example.com';
const NAMES = {
  netBiosDomain: 'EXAMPLE',
  netBiosComputer: 'EXCH01',
  dnsDomain: 'example.com',
  dnsComputer: 'exch01.example.com',
};
const ALL: SignInSetting = {
  schemes: ['Negotiate', 'NTLM', 'Basic', 'Bearer'],
  realm: 'mail.example.com',
  names: NAMES,
  authorizationUri: 'https://login.example.com/authorize',
};

function bench(first: Partial<SignInSetting> = {}) {
  let setting: SignInSetting = { ...ALL, ...first };
  const gate = new SignInGate({
    accounts: accountsOfDomains([{ netBios: 'EXAMPLE', dns: 'example.com' }], (email) =>
      email === ADA ? { email, password: 'secret' } : null,
    ),
    clock: { now: () => 0 },
    setting: () => setting,
    bearer: (token) => (token === 'good' ? ADA : null),
  });
  const ask = (authorization?: string, connection: object = {}) => {
    const found = gate.signIn({ headers: authorization === undefined ? {} : { authorization } }, connection);
    if (found.kind === 'signedIn') return { email: found.email, scheme: found.scheme, challenges: [] };
    return { status: found.answer.status, challenges: [found.answer.headers['www-authenticate'] ?? []].flat() };
  };
  const basic = (text: string) => ask(`Basic ${Buffer.from(text).toString('base64')}`);
  const change = (next: Partial<SignInSetting>) => {
    setting = { ...setting, ...next };
  };
  const ntlm = (connection: object, { scheme = 'NTLM', password = 'secret' } = {}) => {
    const asked = ask(`${scheme} ${clientNegotiate().toString('base64')}`, connection);
    const challenge = Buffer.from(asked.challenges[0]?.split(' ')[1] ?? '', 'base64');
    const answer = clientAuthenticate(challenge, { user: 'ada', domain: 'EXAMPLE', password, mic: true });
    return { asked, end: ask(`${scheme} ${answer.toString('base64')}`, connection) };
  };
  return { gate, ask, basic, change, ntlm };
}

describe('the gate', () => {
  it('offers the schemes of the setting, each in a header of its own and in its order', () => {
    const { ask, change } = bench();
    expect(ask()).toEqual({
      status: 401,
      challenges: [
        'Negotiate',
        'NTLM',
        'Basic realm="mail.example.com"',
        expect.stringMatching(
          /^Bearer client_id="[^"]+", .*authorization_uri="https:\/\/login\.example\.com\/authorize"$/,
        ),
      ],
    });
    change({ schemes: ['Basic', 'NTLM'], realm: 'a "b"' });
    expect(ask().challenges).toEqual(['Basic realm="a \\"b\\""', 'NTLM']);
  });

  it.each([['ada@example.com'], ['ADA@Example.COM'], ['EXAMPLE\\ada'], ['example.com\\Ada'], ['ada']])(
    'lets %s in with the password',
    (name) => {
      expect(bench().basic(`${name}:secret`)).toMatchObject({ email: ADA, scheme: 'Basic' });
    },
  );

  it('takes no scheme that is not offered', () => {
    const { basic, ask, change } = bench({ schemes: ['NTLM'] });
    expect(basic('ada:secret').status).toBe(401);
    expect(ask('Bearer good').status).toBe(401);
    change({ schemes: ['Basic'] });
    expect(ask(`NTLM ${clientNegotiate().toString('base64')}`).challenges).toEqual(['Basic realm="mail.example.com"']);
  });

  it('takes a token that holds, and calls one that does not by its name', () => {
    const { ask } = bench({ schemes: ['Bearer'] });
    expect(ask('bearer good')).toMatchObject({ email: ADA, scheme: 'Bearer' });
    expect(ask('Bearer bad').challenges[0]).toContain('error="invalid_token"');
    expect(ask('Bearer').challenges[0]).not.toContain('error');
  });

  it.each(['NTLM', 'Negotiate'])('walks a client through the three legs of %s', (scheme) => {
    const { ask, ntlm } = bench();
    const connection = {};
    const { asked, end } = ntlm(connection, { scheme });
    expect(asked).toEqual({ status: 401, challenges: [expect.stringMatching(new RegExp(`^${scheme} TlRMTVNTUAAC`))] });
    expect(end).toMatchObject({ email: ADA, scheme });
    expect(ask(undefined, connection)).toMatchObject({ email: ADA, scheme });
    expect(ask(undefined, {}).status).toBe(401);
  });

  it('forgets what a connection proved once NTLM is no longer offered', () => {
    const { ask, ntlm, change } = bench();
    const connection = {};
    ntlm(connection);
    change({ schemes: ['Basic'] });
    expect(ask(undefined, connection).status).toBe(401);
  });

  it('begins anew after an answer that was wrong', () => {
    const { ntlm } = bench();
    const connection = {};
    expect(ntlm(connection, { password: 'no' }).end.challenges).toContain('NTLM');
    expect(ntlm(connection).end).toMatchObject({ email: ADA });
  });

  it('counts wrong passwords of a mailbox, and only these', () => {
    const { gate, basic, ask, ntlm } = bench();
    basic('EXAMPLE\\ada:wrong');
    ntlm({}, { password: 'wrong' });
    basic('eve@example.com:wrong');
    basic('ada:secret');
    ntlm({});
    ask('NTLM AAAA');
    ask('Bearer bad');
    expect([gate.failedSignIns('Ada@example.com'), gate.failedSignIns('eve@example.com')]).toEqual([2, 0]);
    gate.forgetFailures();
    expect(gate.failedSignIns(ADA)).toBe(0);
  });

  it.each([
    '',
    'NTLM',
    'NTLM ',
    'NTLM !!',
    'Negotiate YIIB',
    'Basic',
    'Basic x',
    'Digest a="b"',
    `NTLM ${'A'.repeat(15_000)}`,
  ])('answers "%.20s" with the challenges', (header) => {
    expect(bench().ask(header)).toMatchObject({ status: 401, challenges: expect.arrayContaining(['NTLM']) });
  });
});
