import { readAccess, writeAccess } from './access-text';

const ACCESS = {
  url: 'https://mail.example.com/EWS/Exchange.asmx',
  user: 'ada',
  domain: 'EXAMPLE',
  password: 'pa"ß.wörd',
  version: 'Exchange2013_SP1',
};

describe('access of a password connection', () => {
  it('comes back as it was written', () => {
    expect(readAccess(writeAccess(ACCESS))).toEqual(ACCESS);
    expect(readAccess(writeAccess({ ...ACCESS, domain: null }))).toEqual({ ...ACCESS, domain: null });
  });

  it('brings along which certificates are taken', () => {
    for (const trust of [{ authorities: ['PEM'] }, { skipChecks: true }, { authorities: ['PEM'], skipChecks: true }])
      expect(readAccess(writeAccess({ ...ACCESS, trust })).trust).toEqual(trust);
  });

  it('is another text each time', () => {
    expect(writeAccess(ACCESS).token).not.toBe(writeAccess(ACCESS).token);
  });

  it.each(['', 'nobody', 'ews1.', 'ews1.bm9uc2Vuc2U', `ews2.${writeAccess(ACCESS).token.slice(5)}`])(
    'is nothing else: %j',
    (token) => {
      expect(() => readAccess({ token })).toThrow(expect.objectContaining({ kind: 'AccessExpired' }));
    },
  );

  it('goes to a web address only', () => {
    expect(() => readAccess(writeAccess({ ...ACCESS, url: 'file:///etc/passwd' }))).toThrow('AccessExpired');
  });
});
