import { createHmac } from 'node:crypto';
import { authenticateMessage, type NtlmAnswer } from './authenticate-message';
import { negotiateMessage } from './negotiate-message';
import { NtlmRefusal } from './ntlm-refusal';

/** The CHALLENGE_MESSAGE of MS-NLMP section 4.2.4.3, of a server that sends no time. */
const PUBLISHED = Buffer.from(
  '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000060070170000000f' +
    '53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000',
  'hex',
);
const TIME = Buffer.from('0090d336b734c301', 'hex');
const ANSWER: NtlmAnswer = { challenge: PUBLISHED, user: 'User', domain: 'Domain', password: 'Password' };
const CHANCE = { nonce: () => Buffer.alloc(8, 0xaa), now: () => Date.UTC(2003, 5, 17, 10, 0, 0) };
const ATTRIBUTES_AT = 16 + 28;

/** The published challenge, with a time before the end of its attributes. */
function timed(): Buffer {
  const end = Buffer.alloc(4);
  const info = Buffer.concat([PUBLISHED.subarray(0x44, -4), Buffer.from([7, 0, 8, 0]), TIME, end]);
  const message = Buffer.concat([PUBLISHED.subarray(0, 0x44), info]);
  message.writeUInt16LE(info.length, 40);
  return message;
}

function changed(change: (message: Buffer) => void): Buffer {
  const message = Buffer.from(PUBLISHED);
  change(message);
  return message;
}

const answered = (answer: Partial<NtlmAnswer> = {}) => authenticateMessage({ ...ANSWER, ...answer }, CHANCE);
const payload = (message: Buffer, at: number) =>
  message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at));
const text = (message: Buffer, at: number) => payload(message, at).toString('utf16le');

function attributes(message: Buffer): Record<number, string> {
  const bytes = payload(message, 20).subarray(ATTRIBUTES_AT);
  const found: Record<number, string> = {};
  for (let at = 0; bytes.readUInt16LE(at) !== 0; at += 4 + bytes.readUInt16LE(at + 2)) {
    found[bytes.readUInt16LE(at)] = bytes.subarray(at + 4, at + 4 + bytes.readUInt16LE(at + 2)).toString('hex');
  }
  return found;
}

function refusalOf(challenge: Uint8Array): string {
  try {
    answered({ challenge });
  } catch (error) {
    if (error instanceof NtlmRefusal) return error.kind;
    throw error;
  }
  return 'answered';
}

describe('the first message', () => {
  it('offers NTLMv2 in Unicode and names nobody', () => {
    const message = negotiateMessage();
    expect(message.toString('latin1', 0, 8)).toBe('NTLMSSP\0');
    expect([message.readUInt32LE(8), message.readUInt32LE(12).toString(16)]).toEqual([1, 'a0088205']);
    expect([message.length, message.readUInt16LE(16), message.readUInt16LE(24)]).toEqual([40, 0, 0]);
  });
});

describe('the last message', () => {
  it('names who signs in, and sends neither an LM answer nor a session key', () => {
    const message = answered({ workstation: 'PC' });
    expect([text(message, 28), text(message, 36), text(message, 44)]).toEqual(['Domain', 'User', 'PC']);
    expect(payload(message, 12)).toEqual(Buffer.alloc(24));
    expect(payload(message, 52)).toHaveLength(0);
    expect(message.readUInt32LE(60).toString(16)).toBe('a0888201');
  });

  it('proves the password over what it sends', () => {
    const response = payload(answered(), 20);
    const key = Buffer.from('0c868a403bfd7a93a3001ef22ef02e3f', 'hex');
    const proof = createHmac('md5', key).update(PUBLISHED.subarray(24, 32)).update(response.subarray(16)).digest();
    expect(response.subarray(0, 16)).toEqual(proof);
    expect(response.subarray(32, 40)).toEqual(Buffer.alloc(8, 0xaa));
  });

  it('takes its own time and makes no integrity code where the server sends no time', () => {
    const message = answered();
    expect(payload(message, 20).subarray(24, 32)).toEqual(TIME);
    expect(attributes(message)[6]).toBeUndefined();
    expect(message.subarray(72, 88)).toEqual(Buffer.alloc(16));
  });

  it('takes the server’s time, and signs all three messages, where it sends one', () => {
    const challenge = timed();
    const message = authenticateMessage({ ...ANSWER, challenge }, { ...CHANCE, now: () => 0 });
    const response = payload(message, 20);
    expect(response.subarray(24, 32)).toEqual(TIME);
    expect(attributes(message)[6]).toBe('02000000');
    const key = Buffer.from('0c868a403bfd7a93a3001ef22ef02e3f', 'hex');
    const sessionKey = createHmac('md5', key).update(response.subarray(0, 16)).digest();
    const unsigned = Buffer.from(message).fill(0, 72, 88);
    const mic = createHmac('md5', sessionKey).update(negotiateMessage()).update(challenge).update(unsigned).digest();
    expect(message.subarray(72, 88)).toEqual(mic);
  });

  it('keeps the server’s attributes, and adds the binding and the target', () => {
    const channelBinding = Buffer.alloc(16, 7);
    const bound = attributes(answered({ channelBinding, targetName: 'HTTP/mail.example.com' }));
    expect(bound).toEqual({
      2: Buffer.from('Domain', 'utf16le').toString('hex'),
      1: Buffer.from('Server', 'utf16le').toString('hex'),
      9: Buffer.from('HTTP/mail.example.com', 'utf16le').toString('hex'),
      10: '07'.repeat(16),
    });
    expect(attributes(answered())).toMatchObject({ 9: '', 10: '00'.repeat(16) });
  });

  it('is another one every time', () => {
    expect(authenticateMessage(ANSWER)).not.toEqual(authenticateMessage(ANSWER));
  });
});

describe('a refusal', () => {
  const withoutFlag = (flag: number) =>
    changed((message) => message.writeUInt32LE((message.readUInt32LE(20) & ~flag) >>> 0, 20));

  it.each<[string, string, Buffer]>([
    ['no extended session security', 'noExtendedSecurity', withoutFlag(0x0008_0000)],
    ['no target information', 'noTargetInfo', withoutFlag(0x0080_0000)],
    ['empty target information', 'noTargetInfo', changed((message) => message.writeUInt16LE(0, 40))],
    ['no Unicode', 'noUnicode', withoutFlag(1)],
    ['another type of message', 'malformed', changed((message) => message.writeUInt32LE(1, 8))],
    ['target information outside of the message', 'malformed', changed((message) => message.writeUInt32LE(9999, 44))],
    ['no end of its attributes', 'malformed', changed((message) => message.writeUInt16LE(0x20, 40))],
    ['a time of another length', 'malformed', changed((message) => message.writeUInt16LE(7, 0x44))],
    ['too much', 'tooLarge', Buffer.concat([PUBLISHED, Buffer.alloc(20_000)])],
  ])('meets a server that sends %s', (_what, kind, challenge) => {
    expect(refusalOf(challenge)).toBe(kind);
  });

  it('meets every challenge that ends too early', () => {
    for (let length = 0; length < PUBLISHED.length; length += 1) {
      expect(refusalOf(PUBLISHED.subarray(0, length))).toBe('malformed');
    }
  });

  it('meets names that fit into no message', () => {
    expect(() => answered({ user: 'u'.repeat(40_000) })).toThrow(new NtlmRefusal('tooLarge'));
  });

  it('tells neither names nor passwords', () => {
    expect(new NtlmRefusal('malformed').message).toBe('no NTLM answer: malformed');
  });
});
