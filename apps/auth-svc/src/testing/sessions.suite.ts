import { authKeyList } from '@daybook/contracts';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { EndedSession } from '../model/session';
import type { AuthHarness } from './auth-harness';
import { codeOf, json } from './auth-harness';

const client = { kind: 'portal' } as const;
const asAda = { email: ' Ada@Example.com ', password: 'daybook', remoteAddress: '192.0.2.1', client };

/** What holds for sign-in, sessions, people and keys, on whatever the stores are made of. */
export function sessionSuite(make: () => Promise<AuthHarness>): void {
  describe('sessions', () => {
    let subject: AuthHarness;
    beforeEach(async () => {
      subject = await make();
      await subject.addPeople();
    });
    const signIn = () => subject.use.signIn.run(asAda);
    const refresh = (token: string) => subject.use.refreshSession.run(token);

    it('signs a person in with a token that the published keys prove', async () => {
      const grant = await signIn();
      const { keys } = authKeyList.output.parse({ keys: [...(await subject.use.accessTokens.publicKeys())] });
      const keySet = createLocalJWKSet({ keys: keys.map((key) => ({ kty: 'OKP', ...key })) });
      const now = subject.clock.asDates.now();
      const options = { issuer: 'daybook', algorithms: ['EdDSA'], currentDate: now };
      const { payload } = await jwtVerify(grant.accessToken, keySet, options);
      expect(payload).toMatchObject({ sub: grant.user.id, rol: 'member' });
      expect(payload.exp).toBe(Math.floor(now.getTime() / 1000) + 900);
      expect(grant).toMatchObject({ expiresIn: 900, user: { email: 'ada@example.com' } });
    });

    it('makes one signing key, also when two processes start together', async () => {
      const [one, other] = [subject.use, subject.anotherInstance()];
      const [left, right] = await Promise.all([one.accessTokens.publicKeys(), other.accessTokens.publicKeys()]);
      expect(left).toEqual(right);
    });

    it('answers wrong passwords and unknown people alike', async () => {
      const wrong = { ...asAda, password: 'wrong' };
      expect(await codeOf(subject.use.signIn.run(wrong))).toBe('invalid_credentials');
      expect(await codeOf(subject.use.signIn.run({ ...wrong, email: 'x@example.com' }))).toBe('invalid_credentials');
    });

    it('stops guessing at one address, for known and unknown people, and lets in again when the time is over', async () => {
      for (const email of ['ada@example.com', 'nobody@example.com']) {
        const tries = Array.from({ length: 10 }, () => subject.use.signIn.run({ ...asAda, email, password: 'no' }));
        const codes = await Promise.all(tries.map(codeOf));
        expect(new Set(codes)).toEqual(new Set(['invalid_credentials']));
        expect(await codeOf(subject.use.signIn.run({ ...asAda, email }))).toBe('rate_limited');
      }
      expect(subject.announcer.audits.filter(({ action }) => action === 'sign_in.locked')).toHaveLength(1);
      subject.clock.advance(15 * 60_000 + 1);
      await expect(signIn()).resolves.toHaveProperty('accessToken');
    });

    it('rotates the refresh token', async () => {
      const first = await signIn();
      const second = await refresh(first.refreshToken);
      expect(second.refreshToken).not.toBe(first.refreshToken);
      await expect(refresh(second.refreshToken)).resolves.toHaveProperty('accessToken');
    });

    it('ends the family when a used token comes back, be it at once', async () => {
      const first = await signIn();
      const second = await refresh(first.refreshToken);
      expect(await codeOf(refresh(first.refreshToken))).toBe('session_ended');
      expect(await codeOf(refresh(second.refreshToken))).toBe('session_ended');
      expect(subject.push.revoked.flatMap(({ sessionIds }) => sessionIds)).toHaveLength(1);
      expect(subject.announcer.audits.map(({ action }) => action)).toContain('session.token_reused');
    });

    it('ends the family when one token comes twice at the same time, at two processes', async () => {
      const { refreshToken } = await signIn();
      const other = subject.anotherInstance();
      const outcomes = await Promise.allSettled([refresh(refreshToken), other.refreshSession.run(refreshToken)]);
      const granted = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(granted).toHaveLength(1);
      expect(await codeOf(refresh(granted[0]?.refreshToken ?? ''))).toBe('session_ended');
    });

    it('ends the family when a token comes back after its successor was used', async () => {
      const first = await signIn();
      const second = await refresh(first.refreshToken);
      const third = await refresh(second.refreshToken);
      expect(await codeOf(refresh(first.refreshToken))).toBe('session_ended');
      expect(await codeOf(refresh(third.refreshToken))).toBe('session_ended');
    });

    it('does not know made-up and outdated tokens', async () => {
      const { refreshToken } = await signIn();
      expect(await codeOf(refresh('made-up'))).toBe('session_ended');
      subject.clock.advance(31 * 86_400_000);
      expect(await codeOf(refresh(refreshToken))).toBe('session_ended');
    });

    it('signs out: the family ends and gateways hear of it', async () => {
      const { refreshToken } = await signIn();
      await subject.use.signOut.run({ refreshToken });
      await subject.use.signOut.run({ refreshToken });
      expect(await codeOf(refresh(refreshToken))).toBe('session_ended');
      expect(subject.push.revoked).toHaveLength(1);
    });
  });

  describe('ended sessions', () => {
    let subject: AuthHarness;
    beforeEach(async () => {
      subject = await make();
      await subject.addPeople();
    });
    async function signOut(): Promise<void> {
      const { refreshToken } = await subject.use.signIn.run(asAda);
      await subject.use.signOut.run({ refreshToken });
    }
    const revoked = () => subject.push.revoked.flatMap(({ sessionIds }) => [...sessionIds]);
    const idsOf = async (after?: EndedSession) =>
      (await subject.use.listRevocations.run(after)).items.map(({ id }) => id);

    it('are told of while an access token of theirs may still be valid', async () => {
      await subject.use.signIn.run(asAda);
      await signOut();
      expect(await idsOf()).toEqual(revoked());
      subject.clock.advance(900_000);
      expect(await idsOf()).toEqual(revoked());
      subject.clock.advance(61_000);
      expect(await idsOf()).toEqual([]);
    });

    it('are told of in the order in which they ended, from any of them on', async () => {
      await signOut();
      await signOut();
      subject.clock.advance(1_000);
      await signOut();
      const { items, more } = await subject.use.listRevocations.run();
      expect(more).toBe(false);
      expect(items.map(({ id }) => id).sort()).toEqual(revoked().sort());
      expect(items.at(-1)?.id).toBe(revoked().at(-1));
      for (const [place, one] of items.entries()) {
        expect(await idsOf(one)).toEqual(items.slice(place + 1).map(({ id }) => id));
      }
    });
  });

  describe('people', () => {
    let subject: AuthHarness;
    beforeEach(async () => {
      subject = await make();
    });
    const redemption = { email: 'Root@Example.org', name: 'Root', password: 'a long password', accountName: 'Ours' };

    it('tells services the address of somebody of an account, and of nobody else', async () => {
      await subject.use.createDemoPeople.run();
      const { userId, accountId } = await subject.callerOf('ben@example.com');
      expect(await subject.use.addressOfPerson.run(accountId, userId)).toEqual({ email: 'ben@example.com' });
      for (const [account, user] of [
        ['acc_other', userId],
        [accountId, 'usr_nobody'],
      ] as const) {
        await expect(subject.use.addressOfPerson.run(account, user)).rejects.toMatchObject({
          problem: { code: 'not_found' },
        });
      }
    });

    it('makes demo people once, with the licences they should have', async () => {
      expect(await subject.use.createDemoPeople.run()).toBe('created');
      expect(await subject.use.createDemoPeople.run()).toBe('present');
      const cleo = await subject.callerOf('cleo@example.com');
      expect((await subject.use.readMe.run(cleo)).licences).toEqual({ phone: false });
      const ada = await subject.callerOf();
      expect((await subject.use.readMe.run(ada)).licences).toEqual({ phone: true });
      expect(await subject.use.signIn.run(asAda)).toMatchObject({ user: { id: ada.userId } });
    });

    it('makes the first administrator by a link that works once', async () => {
      const token = new URL((await subject.use.inviteAdministrator.forEmptyDeployment()) ?? '').searchParams.get(
        'token',
      );
      const grant = await subject.use.redeemInvitation.run({ ...redemption, token: token ?? '' }, client);
      expect(grant.user).toMatchObject({ email: 'root@example.org', role: 'administrator' });
      expect(await codeOf(subject.use.redeemInvitation.run({ ...redemption, token: token ?? '' }, client))).toBe(
        'ticket_invalid',
      );
      expect(await subject.use.inviteAdministrator.forEmptyDeployment()).toBeNull();
    });

    it('replaces an unused link by the next one, and lets links grow old', async () => {
      const link = async () => (await subject.use.inviteAdministrator.forEmptyDeployment()) ?? '';
      const [first, second] = [await link(), await link()].map((each) => new URL(each).searchParams.get('token') ?? '');
      expect(await codeOf(subject.use.redeemInvitation.run({ ...redemption, token: first ?? '' }, client))).toBe(
        'ticket_invalid',
      );
      subject.clock.advance(24 * 3_600_000 + 1);
      expect(await codeOf(subject.use.redeemInvitation.run({ ...redemption, token: second ?? '' }, client))).toBe(
        'ticket_invalid',
      );
    });

    it('makes another account whose link fits one address, and refuses an address that is taken', async () => {
      await subject.addPeople();
      const link = await subject.use.inviteAdministrator.forNewAccount('Second', 'boss@example.net');
      const token = new URL(link).searchParams.get('token') ?? '';
      expect(await codeOf(subject.use.redeemInvitation.run({ ...redemption, token }, client))).toBe('invalid_body');
      const grant = await subject.use.redeemInvitation.run({ ...redemption, email: 'boss@example.net', token }, client);
      expect(grant.user.role).toBe('administrator');
      await expect(subject.use.inviteAdministrator.forNewAccount('Third', 'ADA@example.com')).rejects.toThrow(
        'already',
      );
    });

    it('changes language and zone, and refuses a zone that is none', async () => {
      const caller = await subject.callerOf();
      const changed = await subject.use.changeMe.run(caller, json({ language: 'de', timeZone: 'Asia/Tokyo' }));
      expect(changed.user).toMatchObject({ language: 'de', timeZone: 'Asia/Tokyo' });
      expect(await codeOf(subject.use.changeMe.run(caller, json({ timeZone: 'Mars/Olympus' })))).toBe('invalid_body');
    });
  });

  describe('API keys', () => {
    it('are shown once, verified by hash, counted as used, and gone at once when deleted', async () => {
      const subject = await make();
      const admin = await subject.callerOf('admin@example.com');
      const body = json({ name: 'Phone system', scopes: ['phone:write'] });
      const { key, id } = await subject.use.createApiKey.run(admin, body);
      expect(key).toMatch(/^dbk_[\w-]{43}$/);
      expect(await subject.use.verifyApiKey.run(key)).toEqual({
        keyId: id,
        accountId: admin.accountId,
        scopes: ['phone:write'],
      });
      const [listed] = await subject.use.listApiKeys.run(admin);
      expect(listed).toMatchObject({
        id,
        hint: key.slice(0, 8),
        lastUsedAt: subject.clock.asDates.now().toISOString(),
      });
      expect(JSON.stringify(listed)).not.toContain(key);
      await subject.use.deleteApiKey.run(admin, id);
      expect(await codeOf(subject.use.verifyApiKey.run(key))).toBe('unauthenticated');
      expect(subject.push.revoked).toEqual([{ sessionIds: [], keyIds: [id] }]);
    });

    it('belong to administrators of their account', async () => {
      const subject = await make();
      const admin = await subject.callerOf('admin@example.com');
      const { id } = await subject.use.createApiKey.run(admin, json({ name: 'x', scopes: ['phone:write'] }));
      const member = await subject.callerOf();
      expect(await codeOf(subject.use.createApiKey.run(member, json({})))).toBe('forbidden');
      expect(await codeOf(subject.use.deleteApiKey.run({ ...admin, accountId: 'acc_other' }, id))).toBe('not_found');
    });
  });
}
