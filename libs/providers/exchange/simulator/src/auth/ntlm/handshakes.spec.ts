import { ShiftableClock } from '@daybook/simulator-kit';
import { accountsOfDomains } from '../account';
import { clientAuthenticate, clientNegotiate, type ClientAnswer } from '../testing/ntlm-client';
import { AvId, readAvPairs } from './av-pairs';
import { bindingOf, bindingOfDigest } from './channel-binding';
import { fileTime } from './file-time';
import { NtlmHandshakes, type HandshakeSetting } from './handshakes';
import { payloadAt } from './message';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const NAMES = {
  netBiosDomain: 'EXAMPLE',
  netBiosComputer: 'EXCH01',
  dnsDomain: 'example.com',
  dnsComputer: 'exch01.example.com',
};
const ADA = { user: 'ada', domain: 'EXAMPLE', password: 'pässword' };
const CERTIFICATE = Buffer.from('a certificate');

function bench(setting: Partial<HandshakeSetting> = {}) {
  const clock = new ShiftableClock({ now: () => NOW });
  const accounts = accountsOfDomains([{ netBios: 'EXAMPLE', dns: 'example.com' }], (email) =>
    email === 'ada@example.com' ? { email, password: ADA.password } : null,
  );
  const handshakes = new NtlmHandshakes({ accounts, clock });
  const step = (connection: object, message: Buffer) =>
    handshakes.step(connection, message, { names: NAMES, ...setting });
  const challenged = (connection: object, choices = {}) => {
    const answer = step(connection, clientNegotiate(choices));
    if (answer.kind !== 'challenge') throw new Error(answer.kind);
    return answer.message;
  };
  const signIn = (answer: ClientAnswer, change: (message: Buffer) => void = () => undefined) => {
    const connection = {};
    const message = clientAuthenticate(challenged(connection, answer), answer);
    change(message);
    return step(connection, message);
  };
  return { clock, handshakes, step, challenged, signIn };
}

const REFUSED = { kind: 'refused', wrongPasswordOf: null };
const SIGNED_IN = { kind: 'signedIn', email: 'ada@example.com' };

describe('NTLM on a connection', () => {
  it('challenges with its names, the time and a number that is never the same', () => {
    const { challenged } = bench();
    const message = challenged({});
    expect(payloadAt(message, 12)?.toString('utf16le')).toBe('EXAMPLE');
    const pairs = readAvPairs(payloadAt(message, 40) ?? Buffer.alloc(0));
    expect(pairs?.get(AvId.dnsComputer)?.toString('utf16le')).toBe('exch01.example.com');
    expect(pairs?.get(AvId.timestamp)).toEqual(fileTime(NOW));
    expect(challenged({}).subarray(24, 32)).not.toEqual(message.subarray(24, 32));
  });

  it.each<[string, Partial<ClientAnswer>]>([
    ['plainly', {}],
    ['with an integrity code', { mic: true }],
    ['with a session key of its own', { keyExchange: true }],
    ['with both', { mic: true, keyExchange: true }],
    ['without Unicode', { oem: true }],
    ['by address', { user: 'Ada@Example.com', domain: '' }],
    ['by user alone', { domain: '' }],
    ['by the domain in DNS', { domain: 'example.com' }],
    ['with names in another case', { user: 'ADA', domain: 'example' }],
    ['with a channel binding that nobody checks', { binding: Buffer.alloc(16, 7) }],
  ])('lets a client in that answers %s', (_how, choices) => {
    expect(bench().signIn({ ...ADA, ...choices })).toEqual(SIGNED_IN);
  });

  it('names the mailbox whose password was wrong', () => {
    expect(bench().signIn({ ...ADA, password: 'password' })).toEqual({
      kind: 'refused',
      wrongPasswordOf: 'ada@example.com',
    });
  });

  it.each<[string, Partial<ClientAnswer>]>([
    ['somebody unknown', { user: 'eve' }],
    ['another domain', { domain: 'OTHER' }],
    ['nobody', { user: '', domain: '', ntResponse: Buffer.alloc(0) }],
    ['NTLMv1', { ntResponse: Buffer.alloc(24, 1) }],
    [
      'an answer without the end of its attributes',
      { ntResponse: Buffer.concat([Buffer.alloc(16), Buffer.from([1, 1]), Buffer.alloc(26, 9)]) },
    ],
  ])('refuses %s', (_whom, choices) => {
    expect(bench().signIn({ ...ADA, ...choices })).toEqual(REFUSED);
  });

  it('refuses an answer whose integrity code does not fit, and one that promises a code and has none', () => {
    const { signIn } = bench();
    const flip = (at: number) => (message: Buffer) => message.writeUInt8(message.readUInt8(at) ^ 1, at);
    expect(signIn({ ...ADA, mic: true }, flip(72))).toEqual(REFUSED);
    expect(signIn({ ...ADA, mic: true }, flip(64))).toEqual(REFUSED);
    expect(signIn({ ...ADA, mic: true }, (message) => message.fill(0, 72, 88))).toEqual(REFUSED);
  });

  it('keeps the sign-in on its connection only, until another handshake begins there', () => {
    const { handshakes, step, challenged } = bench();
    const [mine, other] = [{}, {}];
    step(mine, clientAuthenticate(challenged(mine), ADA));
    expect([handshakes.signedInOn(mine), handshakes.signedInOn(other)]).toEqual(['ada@example.com', null]);
    challenged(mine);
    expect(handshakes.signedInOn(mine)).toBeNull();
  });

  it('takes an answer neither on another connection nor twice', () => {
    const { step, challenged } = bench();
    const [mine, other] = [{}, {}];
    const answer = clientAuthenticate(challenged(mine), ADA);
    challenged(other);
    expect(step(other, answer)).toEqual({ kind: 'refused', wrongPasswordOf: 'ada@example.com' });
    expect(step({}, answer)).toEqual(REFUSED);
    expect(step(mine, answer)).toEqual(SIGNED_IN);
    expect(step(mine, answer)).toEqual(REFUSED);
  });

  it('waits for an answer a minute', () => {
    const { clock, step, challenged } = bench();
    const [slow, slower] = [{}, {}];
    const answers = [slow, slower].map((connection) => clientAuthenticate(challenged(connection), ADA));
    clock.set(NOW + 60_000);
    expect(step(slow, answers[0] ?? Buffer.alloc(0))).toEqual(SIGNED_IN);
    clock.set(NOW + 60_001);
    expect(step(slower, answers[1] ?? Buffer.alloc(0))).toEqual(REFUSED);
  });

  it('refuses whatever is no message, also half of one', () => {
    const { step, challenged } = bench();
    const whole = clientAuthenticate(challenged({}), { ...ADA, mic: true, keyExchange: true });
    for (let length = 0; length < whole.length; length += 1) {
      const connection = {};
      challenged(connection);
      expect(step(connection, whole.subarray(0, length)).kind).toBe('refused');
    }
    for (const bytes of [
      clientNegotiate().subarray(0, 15),
      challenged({}),
      Buffer.alloc(9000),
      Buffer.alloc(64, 0xff),
    ]) {
      expect(step({}, bytes)).toEqual(REFUSED);
    }
    const pointsOutside = Buffer.from(whole);
    pointsOutside.writeUInt32LE(0xffff_ffff, 24);
    const connection = {};
    challenged(connection);
    expect(step(connection, pointsOutside)).toEqual(REFUSED);
  });
});

describe('Extended Protection', () => {
  const right = bindingOf(CERTIFICATE);
  const outcomes = (required: boolean) => {
    const { signIn } = bench({ protection: { required, certificate: CERTIFICATE } });
    const of = (binding: Buffer | undefined) => signIn({ ...ADA, ...(binding && { binding }) }).kind;
    return { right: of(right), none: of(undefined), zeros: of(Buffer.alloc(16)), other: of(Buffer.alloc(16, 7)) };
  };

  it('computes the binding as other programs do', () => {
    // The value with which ntlm-auth and requests_ntlm test themselves.
    const digest = Buffer.from('e3ca49271e5089cc48ce82109f1324f41dbeddc29a777410c738f7868c4ff405', 'hex');
    expect(bindingOfDigest(digest).toString('hex')).toBe('6ea19df066da4622051f9c4f92c6df74');
  });

  it('takes clients without a binding where it only accepts them', () => {
    const expected = { right: 'signedIn', none: 'signedIn', zeros: 'signedIn', other: 'refused' };
    expect(outcomes(false)).toEqual(expected);
  });

  it('takes no others than those with the right binding where it requires it', () => {
    expect(outcomes(true)).toEqual({ right: 'signedIn', none: 'refused', zeros: 'refused', other: 'refused' });
  });
});
