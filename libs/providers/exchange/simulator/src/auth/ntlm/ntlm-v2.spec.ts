import { published } from '../testing/published-ntlm';
import { readAuthenticate } from './authenticate-message';
import { judgeAnswer } from './judge-answer';
import { proofOf, responseKey, sessionBaseKey } from './ntlm-v2';
import { rc4 } from './rc4';

describe('NTLMv2 as MS-NLMP 4.2.4 computes it', () => {
  const { secret, serverChallenge, temp, proof } = published;
  const asked = { negotiate: Buffer.alloc(0), challenge: Buffer.alloc(0), serverChallenge };

  it('derives the response key from the password and the name', () => {
    expect(responseKey(secret)).toEqual(published.responseKey);
  });

  it('takes the user in any case, but neither the domain nor the password', () => {
    expect(responseKey({ ...secret, user: 'uSER' })).toEqual(published.responseKey);
    expect(responseKey({ ...secret, domain: 'DOMAIN' })).not.toEqual(published.responseKey);
    expect(responseKey({ ...secret, password: 'password' })).not.toEqual(published.responseKey);
  });

  it('makes no two letters of one', () => {
    expect(responseKey({ ...secret, user: 'strauß' })).not.toEqual(responseKey({ ...secret, user: 'STRAUSS' }));
  });

  it('proves the key, and derives the session keys', () => {
    expect(proofOf(published.responseKey, serverChallenge, temp)).toEqual(proof);
    expect(sessionBaseKey(published.responseKey, proof)).toEqual(published.sessionBaseKey);
    expect(rc4(published.sessionBaseKey, published.encryptedSessionKey)).toEqual(published.sessionKey);
  });

  it('reads the published answer', () => {
    const answer = readAuthenticate(published.authenticate);
    expect(answer).toMatchObject({ user: 'User', domain: 'Domain' });
    expect(answer?.response?.proof).toEqual(proof);
    expect(answer?.response?.temp).toEqual(temp);
    expect(answer?.encryptedSessionKey).toEqual(published.encryptedSessionKey);
  });

  it('finds the published answer right, and that to another challenge or password wrong', () => {
    const answer = readAuthenticate(published.authenticate);
    if (answer === null) throw new Error('not read');
    expect(judgeAnswer(answer, asked, { password: 'Password' })).toBe('right');
    expect(judgeAnswer(answer, asked, { password: 'Passwort' })).toBe('wrongPassword');
    const other = { ...asked, serverChallenge: Buffer.alloc(8) };
    expect(judgeAnswer(answer, other, { password: 'Password' })).toBe('wrongPassword');
  });
});
