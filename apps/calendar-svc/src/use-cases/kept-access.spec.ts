import type { AccessGrant } from '@daybook/contracts';
import { FakeClock } from '@daybook/testing/fakes';
import type { ConnectionRecord } from '../ports/records';
import { KeptAccess } from './kept-access';

describe('access that is kept', () => {
  let clock: FakeClock;
  let asked: (string | undefined)[];
  let subject: KeptAccess;
  let grant: AccessGrant;
  const at = (revision: number) => Promise.resolve({ revision } as ConnectionRecord);

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    const expiresAt = new Date(clock.now() + 3_600_000).toISOString();
    grant = { type: 'access', token: 'fake-token', expiresAt, notBefore: null };
    subject = new KeptAccess(
      {
        get: async (_id, rejected) => (asked.push(rejected), grant),
        throttle: async () => undefined,
        revoked: async () => undefined,
      },
      clock,
    );
  });

  it('is used again for half a minute', async () => {
    await subject.begin('con_1', at(1));
    expect(await subject.begin('con_1', at(1))).toBe(grant);
    expect(asked).toHaveLength(1);
    clock.advance(30_000);
    await subject.begin('con_1', at(1));
    expect(asked).toHaveLength(2);
  });

  it('is asked for anew when anything has become of the connection, and for each connection', async () => {
    await subject.begin('con_1', at(1));
    await subject.begin('con_1', at(2));
    await subject.begin('con_2', at(2));
    expect(asked).toHaveLength(3);
  });

  it('is there already for a run that was expected', async () => {
    subject.expect('con_1', 1);
    subject.expect('con_2', 1);
    expect(await subject.begin('con_1', at(1))).toBe(grant);
    expect(await subject.begin('con_2', at(2))).toBe(grant);
    // That of con_2 was of an older word.
    expect(asked).toHaveLength(3);
  });

  it('is asked for by the run itself where asking ahead failed', async () => {
    const fault = jest.fn().mockRejectedValueOnce(new Error('auth-svc is away')).mockResolvedValue(grant);
    const around = { throttle: async () => undefined, revoked: async () => undefined };
    subject = new KeptAccess({ get: fault, ...around }, clock);
    subject.expect('con_1', 1);
    expect(await subject.begin('con_1', at(1))).toBe(grant);
  });

  it.each([
    ['the provider refused it', () => subject.get('con_1', 'fake-token')],
    ['the provider wants to be left alone', () => subject.throttle('con_1', new Date())],
    ['it was withdrawn', () => subject.revoked('con_1', 'fake-token')],
  ])('is not used again after %s', async (_why, happens) => {
    await subject.begin('con_1', at(1));
    await happens();
    const before = asked.length;
    await subject.begin('con_1', at(1));
    expect(asked).toHaveLength(before + 1);
  });

  it('is not kept where it was given for another way to work', async () => {
    const now = Promise.resolve({ revision: 2, method: 'oauth2' } as ConnectionRecord);
    grant = {
      type: 'access',
      token: 'password',
      expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
      notBefore: null,
      method: 'ews',
    };
    await subject.begin('con_1', now);
    grant = { ...grant, token: 'bearer', method: 'oauth2' };
    expect(await subject.begin('con_1', now)).toMatchObject({ token: 'bearer' });
    await subject.begin('con_1', now);
    expect(asked).toHaveLength(2);
  });

  it('is not kept where it ends soon, has to wait, or was refused', async () => {
    const soon = new Date(clock.now() + 61_000).toISOString();
    const grants: AccessGrant[] = [
      { type: 'access', token: 'fake-token', expiresAt: new Date(clock.now() + 30_000).toISOString(), notBefore: null },
      { type: 'access', token: 'fake-token', expiresAt: soon, notBefore: soon },
      { type: 'refused', kind: 'Stopped', detail: 'fake', retryAt: null },
    ];
    for (const [number, next] of grants.entries()) {
      grant = next;
      await subject.begin(`con_${number}`, at(1));
      await subject.begin(`con_${number}`, at(1));
    }
    expect(asked).toHaveLength(6);
  });
});
