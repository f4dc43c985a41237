import { failed, passed, skipped } from './diagnosis';
import type { ProviderHttp, ProviderHttpRequest } from './provider-surroundings';
import { reach } from './reach';

const asked: ProviderHttpRequest[] = [];
const httpThat = (fails: object | null): ProviderHttp => ({
  request: async (request) => {
    asked.push(request);
    if (fails) throw Object.assign(new Error('fake failure'), fails);
    return { status: 404, headers: {}, body: Buffer.alloc(0), text: () => '', json: () => null };
  },
});
const address = 'https://provider.example/calendar';

describe('reaching a provider', () => {
  it('takes any answer for an address that works, and asks without any access', async () => {
    expect(await reach(httpThat(null), address)).toEqual({ address: passed, tls: passed });
    expect(asked[0]).toMatchObject({ method: 'GET', url: address });
    expect(asked[0]).not.toHaveProperty('headers');
  });

  it('does not claim to have seen a certificate where there is none', async () => {
    expect((await reach(httpThat(null), 'http://localhost:8101')).tls).toEqual(skipped('plain_http'));
  });

  describe('whose certificate has an end', () => {
    const now = Date.UTC(2026, 0, 1);
    const inDays = (days: number) => now + days * 86_400_000;
    const shows = (expiresAt: number): ProviderHttp => ({
      request: async (request) => ({ ...(await httpThat(null).request(request)), certificate: { expiresAt } }),
    });

    it.each([
      [15, {}],
      [14, { code: 'certificate_ends_soon' }],
      [1, { code: 'certificate_ends_soon' }],
    ])('names it, and warns of it within 14 days (%i)', async (days, note) => {
      const expiresAt = inDays(days);
      expect((await reach(shows(expiresAt), address, { now })).tls).toEqual({ ...passed, expiresAt, ...note });
      expect((await reach(shows(expiresAt), 'http://localhost:8101', { now })).tls).toEqual(skipped('plain_http'));
    });

    it('says nothing of it where nobody asks or nothing is checked', async () => {
      expect((await reach(shows(inDays(1)), address)).tls).toEqual(passed);
      const trust = { skipChecks: true };
      expect((await reach(shows(inDays(1)), address, { now, trust })).tls).toEqual(passed);
    });

    it.each([
      ['names since when it is over', (request: ProviderHttpRequest) => shows(inDays(-2)).request(request), inDays(-2)],
      ['does without that date where it is not shown', httpThat({ kind: 'network' }).request, undefined],
    ])('%s, seen by a request that carries nothing', async (_what, unchecked, expiresAt) => {
      const refused = httpThat({ kind: 'tls', code: 'CERT_HAS_EXPIRED' });
      const http: ProviderHttp = {
        request: (request) => (request.trust?.skipChecks ? unchecked(request) : refused.request(request)),
      };
      asked.length = 0;
      const { tls } = await reach(http, address, { now });
      expect(tls).toEqual({ ...failed('certificate_expired'), ...(expiresAt === undefined ? {} : { expiresAt }) });
      expect(asked.map(({ url, trust }) => [url, trust])).toEqual([
        [address, undefined],
        [address, { skipChecks: true }],
      ]);
      expect(asked[1]).not.toHaveProperty('credentials');
      expect(asked[1]).not.toHaveProperty('headers');
    });
  });

  it.each([
    [{ kind: 'network', code: 'ENOTFOUND' }, failed('address_not_found'), skipped('earlier_failed')],
    [{ kind: 'network', code: 'ECONNREFUSED' }, failed('no_connection'), skipped('earlier_failed')],
    [{ kind: 'timeout' }, failed('no_connection'), skipped('earlier_failed')],
    [{ kind: 'blocked', code: 'private' }, failed('address_blocked'), skipped('earlier_failed')],
    [{ kind: 'tls', code: 'CERT_HAS_EXPIRED' }, passed, failed('certificate_expired')],
    [{ kind: 'tls', code: 'SELF_SIGNED_CERT_IN_CHAIN' }, passed, failed('certificate_refused')],
    [{ kind: 'redirect' }, passed, passed],
    [{}, failed('no_connection'), skipped('earlier_failed')],
  ])('tells %j apart', async (fails, atAddress, atTls) => {
    expect(await reach(httpThat(fails), address)).toEqual({ address: atAddress, tls: atTls });
  });
});
