import { RefusedAccess } from './refused-access';

describe('access that was refused', () => {
  const answering = (...statuses: readonly number[]) => {
    const left = [...statuses];
    let running = 0;
    const sent = { count: 0, most: 0 };
    const send = async () => {
      sent.count += 1;
      running += 1;
      sent.most = Math.max(sent.most, running);
      await Promise.resolve();
      running -= 1;
      const status = left.shift();
      if (status === undefined) throw new Error('no connection');
      return { status };
    };
    return { sent, send };
  };
  const REFUSED = { kind: 'ConsentRevoked' };

  it('is shown once, however many ask at the same time', async () => {
    const subject = new RefusedAccess();
    const { sent, send } = answering(401, 200, 200, 200);
    const ended = await Promise.allSettled([1, 2, 3, 4].map(() => subject.unlessRefused('a', send)));
    expect(ended[0]).toMatchObject({ value: { status: 401 } });
    for (const later of ended.slice(1)) expect(later).toMatchObject({ reason: REFUSED });
    await expect(subject.beside('a', send)).rejects.toMatchObject(REFUSED);
    expect(sent.count).toBe(1);
  });

  it('is shown once by a call and what goes beside it, whichever comes first', async () => {
    for (const [first, second] of [
      ['unlessRefused', 'beside'],
      ['beside', 'unlessRefused'],
    ] as const) {
      const subject = new RefusedAccess();
      const { sent, send } = answering(401, 401);
      const ended = await Promise.allSettled([subject[first]('a', send), subject[second]('a', send)]);
      expect(ended).toMatchObject([{ value: { status: 401 } }, { reason: REFUSED }]);
      expect(sent.count).toBe(1);
    }
  });

  it('is not waited for longer than a moment beside calls, nor by who gives up', async () => {
    const subject = new RefusedAccess(1);
    const never = () => new Promise<{ status: number }>(() => undefined);
    void subject.beside('a', never);
    expect(await subject.unlessRefused('a', answering(200).send)).toEqual({ status: 200 });
    void subject.unlessRefused('a', never);
    const until = new AbortController();
    const { sent, send } = answering(200);
    const waiting = subject.beside('a', send, until.signal);
    until.abort();
    await expect(waiting).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(sent.count).toBe(0);
  });

  it.each<[string, object, boolean]>([
    ['that took it and repeats no challenge', {}, true],
    ['that takes no password', { credentialsWithheld: true, headers: { 'www-authenticate': 'Bearer' } }, true],
    [
      'that begins NTLM anew',
      { credentialsWithheld: true, headers: { 'www-authenticate': 'NTLM TlRMTVNTUAACAAAA' } },
      false,
    ],
    ['that breaks NTLM off', { credentialsWithheld: true, headers: { 'www-authenticate': 'NTLM' } }, false],
    ['that asks for nothing', { credentialsWithheld: true, headers: {} }, false],
  ])('by a server %s: %j is final: %j', async (_who, answer, isFinal) => {
    const subject = new RefusedAccess();
    await subject.unlessRefused('a', async () => ({ status: 401, ...answer }));
    const kind = await subject.unlessRefused('a', answering(200).send).then(
      () => null,
      (error: unknown) => error,
    );
    if (isFinal) expect(kind).toMatchObject(REFUSED);
    else expect(kind).toBeNull();
  });

  it('is not taken for access of another sign-in', async () => {
    const subject = new RefusedAccess();
    await subject.unlessRefused('a', answering(401).send);
    expect(await subject.unlessRefused('b', answering(200).send)).toEqual({ status: 200 });
  });

  it('is not made by an outage, after which the next one goes', async () => {
    const subject = new RefusedAccess();
    const { sent, send } = answering();
    const [first, second] = await Promise.allSettled([1, 2].map(() => subject.unlessRefused('a', send)));
    expect([first?.status, second?.status, sent]).toEqual(['rejected', 'rejected', { count: 2, most: 1 }]);
  });
});
