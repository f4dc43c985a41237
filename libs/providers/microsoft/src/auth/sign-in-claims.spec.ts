import { claimsOfChallenge, signInClaims as subject, wantsClaims } from './sign-in-claims';

const WANTED = { access_token: { nbf: { essential: true, value: '1604106651' } } };
const JSON_TEXT = JSON.stringify(WANTED);
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

describe('what a sign-in has to show', () => {
  it.each([JSON_TEXT, JSON.stringify(WANTED, null, 2), base64(WANTED), base64(WANTED).replace(/=+$/, '')])(
    'is read from %s and written anew',
    (given) => expect(subject(given)).toBe(JSON_TEXT),
  );

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 7],
    ['an empty text', ''],
    ['nonsense', '<script>'],
    ['a list', '[{"access_token":{}}]'],
    ['an object without anything', '{}'],
    ['claims of something that is no token', '{"access_token":{},"redirect_uri":{}}'],
    ['a token that is no object', '{"access_token":"x"}'],
    ['something endless', base64({ access_token: { nbf: { value: 'x'.repeat(4000) } } })],
    ['something too long for an address', base64({ access_token: { nbf: { value: 'x'.repeat(2040) } } })],
  ])('is nothing where %s is given', (_what, given) => expect(subject(given)).toBeNull());

  it('is found in a challenge', () => {
    const challenge = `Bearer realm="", authorization_uri="https://x.org", error="insufficient_claims", claims="${base64(WANTED)}"`;
    expect([wantsClaims(challenge), claimsOfChallenge(challenge)]).toEqual([true, JSON_TEXT]);
    expect(wantsClaims('Bearer realm="", error="invalid_token"')).toBe(false);
    expect(claimsOfChallenge('Bearer error="insufficient_claims"')).toBeNull();
  });
});
