import { createExchangeProvider } from './exchange.provider';
import { writeAccess } from './transport/access-text';

const provider = createExchangeProvider({
  http: { request: () => Promise.reject(new Error('it made a call')) },
  clock: { now: () => 0 },
  log: { warn: () => undefined, debug: () => undefined },
  findServers: { srv: async () => [] },
  autodiscoverHosts: [],
});

describe('the server of an access to Exchange', () => {
  it.each([
    ['https://Mail.Example.com/EWS/Exchange.asmx', 'mail.example.com'],
    ['https://mail.example.com:8443/EWS/Exchange.asmx', 'mail.example.com:8443'],
  ])('%s is %s', (url, server) => {
    const access = writeAccess({ url, user: 'ada', domain: null, password: 'secret', version: 'Exchange2016' });
    expect(provider.serverOf?.(access)).toBe(server);
  });

  it('is none where it is access of another kind', () => {
    expect(provider.serverOf?.({ token: 'ya29.token' })).toBeNull();
  });
});
