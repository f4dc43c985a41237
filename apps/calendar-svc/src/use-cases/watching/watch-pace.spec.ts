import { ProviderError, type ProviderErrorDetails, type ProviderErrorKind } from '@daybook/provider-port';
import { FakeClock } from '@daybook/testing/fakes';
import { WatchRefused } from './listen';
import { WatchPace } from './watch-pace';

const MINUTE = 60_000;

describe('the pace of watches', () => {
  let clock: FakeClock;
  let told: unknown[];
  let subject: WatchPace;
  let isHeard: boolean;
  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    isHeard = true;
    subject = new WatchPace({
      clock,
      random: () => 1,
      access: {
        throttle: async (...said) => void told.push(['throttle', ...said]),
        revoked: async (...said) => {
          if (!isHeard) throw new Error('nobody answers');
          told.push(['revoked', ...said]);
        },
      },
    });
  });

  const refused = (kind: ProviderErrorKind, more: Partial<ProviderErrorDetails> = {}): WatchRefused =>
    new WatchRefused('token', new ProviderError(kind, { detail: 'x', ...more }));
  const after = (error: unknown, heardMs = 0): Promise<number> =>
    subject.after({ connectionId: 'con_1', error, heardMs });

  it('opens again at once after a long watch, and slower each time that one fails at once', async () => {
    expect(await after(null, 10 * MINUTE)).toBe(2_000);
    expect([await after(null), await after(refused('Unavailable')), await after(new Error('database'))]).toEqual([
      4_000, 8_000, 16_000,
    ]);
    for (let failure = 0; failure < 20; failure += 1) await after(refused('Unavailable'));
    expect(await after(refused('Unavailable'))).toBe(15 * MINUTE);
    expect(await after(refused('Unavailable'), MINUTE)).toBe(2_000);
    expect(told).toEqual([]);
  });

  it('waits as long as a busy server says, and so does everybody who uses the connection', async () => {
    expect(await after(refused('Throttled', { retryAfterMs: 297_749 }))).toBe(298_749);
    expect(told).toEqual([['throttle', 'con_1', new Date(clock.now() + 297_749)]]);
    expect(await after(refused('Throttled', { retryAfterMs: 86_400_000 }))).toBe(15 * MINUTE + 1_000);
  });

  it('keeps a refusal to listen for itself where the server names no time', async () => {
    expect(await after(refused('Throttled'))).toBe(2_000);
    expect(told).toEqual([]);
  });

  it('waits without a word where the connection has to wait anyway', async () => {
    expect(await after(new ProviderError('Throttled', { detail: 'waiting', retryAfterMs: MINUTE }))).toBe(61_000);
    expect(told).toEqual([]);
  });

  it('asks for new access once, and tells of it when that is not taken either', async () => {
    expect(await after(refused('AccessExpired'))).toBe(0);
    expect([subject.rejected, told]).toEqual(['token', []]);
    expect(await after(refused('AccessExpired'))).toBe(15 * MINUTE);
    expect([subject.rejected, told]).toEqual([undefined, [['revoked', 'con_1', 'token']]]);
  });

  it('tells at once of a password that was refused, and does not come back with it', async () => {
    expect(await after(refused('ConsentRevoked'))).toBe(15 * MINUTE);
    expect(told).toEqual([['revoked', 'con_1', 'token']]);
    await after(refused('ConsentRevoked', { claims: '{}' }));
    expect(told.at(-1)).toEqual(['revoked', 'con_1', 'token', '{}']);
  });

  it('asks for other access where a refusal could not be told, for as long as nobody answers', async () => {
    isHeard = false;
    await expect(after(refused('ConsentRevoked'))).rejects.toThrow('nobody answers');
    expect(subject.rejected).toBe('token');
    await after(new Error('nobody answers'));
    expect(subject.rejected).toBe('token');
    await after(null, MINUTE);
    expect(subject.rejected).toBeUndefined();
  });
});
