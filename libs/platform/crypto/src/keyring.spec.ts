import { createKeyring, SealError, sealedRecordSchema, type SealedRecord } from './keyring';
import { KeyError, parseMasterKey } from './master-key';
import { Secret } from './secret';

const keyOf = (byte: number) => Secret.of(Buffer.alloc(32, byte));
const context = 'connection:con_1:credential';

describe('a keyring', () => {
  const subject = createKeyring({ current: keyOf(1) });

  it('opens what it sealed, in the same context', () => {
    const sealed = subject.seal('a refresh token, ünïcode', context);
    expect(subject.open(sealed, context).reveal()).toBe('a refresh token, ünïcode');
    expect(sealedRecordSchema.parse(JSON.parse(JSON.stringify(sealed)))).toEqual(sealed);
  });

  it('keeps bytes as they are', () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    expect(subject.openBytes(subject.seal(bytes, context), context).reveal()).toEqual(bytes);
  });

  it('seals the same text differently each time, with nothing of it readable', () => {
    const [one, two] = [subject.seal('secret text', context), subject.seal('secret text', context)];
    expect(one.data).not.toBe(two.data);
    expect(one.wrappedKey).not.toBe(two.wrappedKey);
    expect(Buffer.from(one.data, 'base64url').toString()).not.toContain('secret');
  });

  it('does not open a record in the place of another', () => {
    const sealed = subject.seal('x', context);
    expect(() => subject.open(sealed, 'connection:con_2:credential')).toThrow(SealError);
  });

  it.each(['wrappedKey', 'iv', 'tag', 'data'] as const)('does not open a record whose %s was changed', (field) => {
    const sealed = subject.seal('some content', context);
    const bytes = Buffer.from(sealed[field], 'base64url');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    const forged: SealedRecord = { ...sealed, [field]: bytes.toString('base64url') };
    expect(() => subject.open(forged, context)).toThrow(SealError);
  });

  it('does not take a shortened authentication tag', () => {
    const sealed = subject.seal('some content', context);
    const tag = Buffer.from(sealed.tag, 'base64url').subarray(0, 4).toString('base64url');
    expect(() => subject.open({ ...sealed, tag }, context)).toThrow(SealError);
  });

  it('opens records of the previous key and rewraps them without touching the content', () => {
    const old = subject.seal('kept', context);
    const rotated = createKeyring({ current: keyOf(2), previous: [keyOf(1)] });
    expect(rotated.needsRewrap(old)).toBe(true);
    const fresh = rotated.rewrap(old, context);
    expect(fresh.data).toBe(old.data);
    expect(rotated.needsRewrap(fresh)).toBe(false);
    expect(
      createKeyring({ current: keyOf(2) })
        .open(fresh, context)
        .reveal(),
    ).toBe('kept');
  });

  it('says which key is missing, not what it would open', () => {
    const sealed = subject.seal('x', context);
    const stranger = createKeyring({ current: keyOf(3) });
    expect(() => stranger.open(sealed, context)).toThrow(`no master key ${subject.currentKeyId}`);
  });
});

describe('parseMasterKey', () => {
  const bytes = Buffer.alloc(32, 7);

  it.each([bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])('reads %s', (text) => {
    expect(parseMasterKey(Secret.of(text)).reveal()).toEqual(bytes);
  });

  it('refuses other lengths without repeating the text', () => {
    const refused = () => parseMasterKey(Secret.of('tooshortbutsecret'));
    expect(refused).toThrow(KeyError);
    expect(refused).not.toThrow(/tooshort/);
  });
});
