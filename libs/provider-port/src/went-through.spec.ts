import { ProviderError, type ProviderErrorKind } from './provider-error';
import { wentThrough } from './went-through';

const failing = (kind: ProviderErrorKind) => new ProviderError(kind, { detail: 'for this test' });

describe('a write that nothing hangs on', () => {
  it('went through where it was answered, whatever the answer', async () => {
    expect(await wentThrough(Promise.resolve(null))).toBe(true);
  });

  it.each<ProviderErrorKind>(['Gone', 'Rejected'])('did not where the provider says %s', async (kind) => {
    expect(await wentThrough(Promise.reject(failing(kind)))).toBe(false);
  });

  it.each<ProviderErrorKind>(['Unavailable', 'Throttled', 'AccessExpired', 'VersionConflict', 'Unknown'])(
    'is not known to have been refused for good with %s',
    async (kind) => {
      const error = failing(kind);
      await expect(wentThrough(Promise.reject(error))).rejects.toBe(error);
    },
  );

  it('takes no other failure for an answer', async () => {
    const error = new TypeError('not of a provider');
    await expect(wentThrough(Promise.reject(error))).rejects.toBe(error);
  });
});
