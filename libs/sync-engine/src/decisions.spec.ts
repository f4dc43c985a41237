import { ProviderError, type ProviderErrorKind } from '@daybook/provider-port';
import { backOffMs } from './back-off';
import { reactionTo, type Reaction } from './reaction-to-error';
import { readAhead, underWay } from './read-ahead';
import { removalNeedsReview } from './removal-guard';

describe('reactionTo', () => {
  const table: readonly (readonly [ProviderErrorKind, Reaction['action']])[] = [
    ['AccessExpired', 'refreshAccess'],
    ['ConsentRevoked', 'stop'],
    ['AdminApprovalNeeded', 'stop'],
    ['PermissionMissing', 'stop'],
    ['NoMailbox', 'stop'],
    ['UntrustedServer', 'stop'],
    ['SwitchedOff', 'stop'],
    ['Throttled', 'delay'],
    ['Unavailable', 'delay'],
    ['CursorExpired', 'resync'],
    ['Gone', 'retire'],
    ['VersionConflict', 'reread'],
    ['Rejected', 'reject'],
    ['Unreadable', 'quarantine'],
    ['Unknown', 'quarantine'],
  ];

  it.each(table)('answers %s with %s', (kind, action) => {
    expect(reactionTo(new ProviderError(kind, { detail: 'x' })).action).toBe(action);
  });

  it('tells a sign-in that is wanted again from a consent that is gone', () => {
    const codeOf = (claims: string | null) => reactionTo(new ProviderError('ConsentRevoked', { detail: 'x', claims }));
    expect(codeOf(null)).toMatchObject({ state: 'needs_reconnect', code: 'consent_revoked' });
    expect(codeOf('{"id_token":{}}')).toMatchObject({ state: 'needs_reconnect', code: 'sign_in_needed' });
  });

  it('lets only a definitive refusal ask the person to reconnect', () => {
    const reconnecting = table.filter(([kind]) => {
      const reaction = reactionTo(new ProviderError(kind, { detail: 'x' }));
      return reaction.action === 'stop' && reaction.state === 'needs_reconnect';
    });
    expect(reconnecting.map(([kind]) => kind)).toEqual(['ConsentRevoked', 'SwitchedOff']);
  });

  it('waits as long as the provider said', () => {
    expect(reactionTo(new ProviderError('Throttled', { detail: 'x', retryAfterMs: 7_000 }))).toMatchObject({
      ms: 7_000,
    });
  });
});

describe('removalNeedsReview', () => {
  it.each([
    [{ removing: 25, existing: 30, named: 25 }, false],
    [{ removing: 26, existing: 80, named: 26 }, true],
    [{ removing: 30, existing: 100, named: 0 }, false],
    [{ removing: 31, existing: 100, named: 0 }, true],
    [{ removing: 501, existing: 100_000, named: 501 }, true],
    [{ removing: 500, existing: 100_000, named: 500 }, false],
    [{ removing: 600, existing: 100_000, named: 0 }, false],
  ])('says of %j: %s', (plan, held) => {
    expect(removalNeedsReview(plan)).toBe(held);
  });
});

describe('backOffMs', () => {
  it('grows with the failures, stays between half and whole of its ceiling, and ends at the longest', () => {
    expect(backOffMs(1, () => 0)).toBe(1_000);
    expect(backOffMs(1, () => 1)).toBe(2_000);
    expect(backOffMs(4, () => 1)).toBe(16_000);
    expect(backOffMs(1_000, () => 1)).toBe(900_000);
  });
});

describe('readAhead', () => {
  it('gives the same values in the same order', async () => {
    const seen: number[] = [];
    for await (const value of readAhead(counting(5))) seen.push(value);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  it('has the next value under way while one is being used', async () => {
    const asked: number[] = [];
    const values = readAhead(counting(3, (n) => asked.push(n)));
    await values.next();
    await Promise.resolve();
    expect(asked).toEqual([0, 1]);
    await values.return();
  });

  it('throws a fault of the source where its value would have come, and closes the source when left early', async () => {
    const seen: number[] = [];
    const failing = async (): Promise<void> => {
      for await (const value of readAhead(counting(3, (n) => fault(n === 2)))) seen.push(value);
    };
    await expect(failing()).rejects.toThrow('fault');
    expect(seen).toEqual([0, 1]);
    let closed = false;
    const source = counting(9, undefined, () => (closed = true));
    for await (const value of readAhead(source)) if (value === 1) break;
    expect(closed).toBe(true);
  });
});

describe('underWay', () => {
  it('asks for the first value before anybody iterates, and gives all in order', async () => {
    const asked: number[] = [];
    const values = underWay(counting(3, (n) => asked.push(n)));
    expect(asked).toEqual([0]);
    const seen: number[] = [];
    for await (const value of values) seen.push(value);
    expect(seen).toEqual([0, 1, 2]);
  });

  it('keeps a fault for whoever iterates, and closes the source when left early', async () => {
    const failing = underWay(counting(3, (n) => fault(n === 0)));
    await new Promise((resolve) => setImmediate(resolve));
    const read = async (): Promise<void> => {
      for await (const _value of failing) break;
    };
    await expect(read()).rejects.toThrow('fault');
    let closed = false;
    for await (const _value of underWay(counting(9, undefined, () => (closed = true)))) break;
    expect(closed).toBe(true);
  });
});

function fault(now: boolean): void {
  if (now) throw new Error('fault');
}

async function* counting(
  count: number,
  asked?: (n: number) => unknown,
  closed?: () => unknown,
): AsyncGenerator<number> {
  try {
    for (let n = 0; n < count; n += 1) {
      asked?.(n);
      yield n;
    }
  } finally {
    closed?.();
  }
}
