import { ntlmV2Response, responseKey } from './ntlm-v2';

/** https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-nlmp/125f7a94-933e-4023-a146-a449e49bf774 */
const CREDENTIALS = { user: 'User', domain: 'Domain', password: 'Password' };
const KEY = '0c868a403bfd7a93a3001ef22ef02e3f';
const ATTRIBUTES = '02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000';

describe('NTLMv2 as MS-NLMP 4.2.4 computes it', () => {
  it('derives the key from password, user and domain', () => {
    expect(responseKey(CREDENTIALS).toString('hex')).toBe(KEY);
    expect(responseKey({ ...CREDENTIALS, user: 'USER' }).toString('hex')).toBe(KEY);
    expect(responseKey({ ...CREDENTIALS, domain: 'DOMAIN' }).toString('hex')).not.toBe(KEY);
  });

  it('makes no two letters of one', () => {
    const key = (user: string) => responseKey({ ...CREDENTIALS, user }).toString('hex');
    expect(key('strauß')).not.toBe(key('STRAUSS'));
    expect(key('zoé')).toBe(key('ZOÉ'));
  });

  it('answers the challenge, and derives the session key', () => {
    const { response, sessionBaseKey } = ntlmV2Response(
      Buffer.from(KEY, 'hex'),
      Buffer.from('0123456789abcdef', 'hex'),
      {
        time: Buffer.alloc(8),
        nonce: Buffer.alloc(8, 0xaa),
        attributes: Buffer.from(ATTRIBUTES, 'hex'),
      },
    );
    expect(response.toString('hex')).toBe(
      `68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000${ATTRIBUTES}00000000`,
    );
    expect(sessionBaseKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
  });
});
