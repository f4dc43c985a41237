import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingsIn, type RecordedExchange } from './recorder';

describe('recordings', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'recordings-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const recorded = (exchange: {
    headers?: RecordedExchange['request']['headers'];
    answered?: RecordedExchange['response']['headers'];
    body?: string;
  }): string => {
    const { headers = {}, answered = {}, body = '' } = exchange;
    recordingsIn(folder, 'some', () => 0).record({
      request: { method: 'POST', url: '/', headers, body },
      response: { status: 200, headers: answered, body },
    });
    return readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8');
  };

  it.each(['Basic', 'Bearer', 'NTLM', 'Negotiate'])(
    'keep the scheme %s of a sign-in, and nothing else of it',
    (scheme) => {
      const text = recorded({ headers: { authorization: `${scheme} c2VjcmV0` } });
      expect(text).toContain(`"${scheme} ***"`);
      expect(text).not.toContain('c2VjcmV0');
    },
  );

  it('keep challenges, but not the messages of a handshake', () => {
    const text = recorded({ answered: { 'www-authenticate': ['NTLM TlRMTVNTUA==', 'Basic realm="here"', 'NTLM'] } });
    expect(text).toContain(JSON.stringify(['NTLM ***', 'Basic realm="here"', 'NTLM']));
  });

  it.each([
    ['a form', 'user=ada&password=hush', 'user=ada&password=***'],
    ['an element', '<Password>hush</Password>', '<Password>***</Password>'],
    [
      'an element with a prefix',
      '<t:NewPassword a="b">hush</t:NewPassword>',
      '<t:NewPassword a="b">***</t:NewPassword>',
    ],
    ['SOAP security', '<wsse:Password Type="#T">hush</wsse:Password>', '<wsse:Password Type="#T">***</wsse:Password>'],
  ])('mask the password in %s', (_what, body, masked) => {
    const text = recorded({ body });
    expect(JSON.parse(text)).toMatchObject({ request: { body: masked } });
    if (body.includes('<')) expect(JSON.parse(text)).toMatchObject({ response: { body: masked } });
  });
});
