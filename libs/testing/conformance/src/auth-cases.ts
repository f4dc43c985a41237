import type { ConformanceSubject } from './conformance-subject';
import { formCases } from './form-cases';
import { calendarsOf, expectRefusal } from './listing';

/** Grants: refreshed, taken back, counted. */
export function authCases(subject: () => ConformanceSubject): void {
  formCases(subject);

  it('gives working access for a refresh token', async () => {
    const { auth } = subject().provider;
    if (auth.form) return;
    const tokens = await auth.refresh(await subject().refreshToken());
    expect(auth.grantedBy(tokens.scopes).calendar).not.toBe('none');
    expect(await calendarsOf(subject(), { token: tokens.accessToken })).not.toEqual([]);
  });

  it('says that the consent is revoked only when it is', async () => {
    const { auth } = subject().provider;
    const refreshToken = await subject().refreshToken();
    subject().mailbox.withdraw();
    await expectRefusal(auth.refresh(refreshToken), 'ConsentRevoked');
    await expectRefusal(auth.refresh('never-given'), 'ConsentRevoked');
  });

  it('has nothing behind a password that was refused', async () => {
    const { auth } = subject().provider;
    if (!auth.form) return;
    const access = await subject().access();
    subject().mailbox.withdraw();
    await expectRefusal(calendarsOf(subject(), access), 'ConsentRevoked');
    await expectRefusal(auth.refresh(access.token), 'ConsentRevoked');
  });

  it('revokes a grant, after which nothing of it works', async () => {
    const { auth } = subject().provider;
    const refreshToken = await subject().refreshToken();
    if (!auth.revoke) return;
    const { accessToken } = await auth.refresh(refreshToken);
    expect(await auth.revoke(refreshToken)).toBe('revoked');
    expect(await auth.revoke(refreshToken)).toBe('refused');
    await expectRefusal(auth.refresh(refreshToken), 'ConsentRevoked');
    await expectRefusal(calendarsOf(subject(), { token: accessToken }), 'AccessExpired');
  });

  it('asks for no more than a permission needs', () => {
    const { auth } = subject().provider;
    for (const calendar of ['none', 'read', 'readWrite'] as const) {
      const permissions = { calendar, contacts: 'none' } as const;
      expect(auth.grantedBy(auth.scopesFor(permissions))).toEqual(permissions);
    }
  });
}
