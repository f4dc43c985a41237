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

  it.each([
    [{ kind: 'network', code: 'ENOTFOUND' }, failed('address_not_found'), skipped('earlier_failed')],
    [{ kind: 'network', code: 'ECONNREFUSED' }, failed('no_connection'), skipped('earlier_failed')],
    [{ kind: 'timeout' }, failed('no_connection'), skipped('earlier_failed')],
    [{ kind: 'blocked', code: 'private' }, failed('address_blocked'), skipped('earlier_failed')],
    [{ kind: 'tls', code: 'CERT_HAS_EXPIRED' }, passed, failed('certificate_refused')],
    [{ kind: 'redirect' }, passed, passed],
    [{}, failed('no_connection'), skipped('earlier_failed')],
  ])('tells %j apart', async (fails, atAddress, atTls) => {
    expect(await reach(httpThat(fails), address)).toEqual({ address: atAddress, tls: atTls });
  });
});
