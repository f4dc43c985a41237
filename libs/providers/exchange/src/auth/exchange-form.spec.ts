import type { ProviderHttp, SignInForm } from '@daybook/provider-port';
import { type RunningExchangeSimulator, startExchangeSimulator } from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { endOf, FormBench, RULES } from './testing/form-bench';

const ADA = 'ada@example.com';
const BEN = 'ben@example.com';
const CANARY = 'pw-canary-7f3a';

describe('signing in to Exchange with a form', () => {
  let simulator: RunningExchangeSimulator;
  let wire: ReturnType<typeof guardedHttpTo>;
  let host: string;
  let url: string;
  /** Paths of Autodiscover that this server does not have. */
  let missing: readonly string[];
  const http: ProviderHttp = {
    request: (request) => {
      const asked = missing.some((path) => request.url.includes(path)) ? 'nothing-there' : null;
      return wire.request(asked === null ? request : { ...request, url: `${simulator.baseUrl}/${asked}` });
    },
  };
  const bench = () => new FormBench({ http, autodiscoverHosts: [`*=${simulator.baseUrl}`] });

  beforeEach(async () => {
    simulator = await startExchangeSimulator();
    for (const email of [ADA, BEN]) simulator.control.createMailbox({ email, password: CANARY });
    wire = guardedHttpTo(simulator.baseUrl);
    ({ host } = new URL(simulator.baseUrl));
    url = `${simulator.baseUrl}/EWS/Exchange.asmx`;
    missing = [];
  });
  afterEach(async () => {
    await wire.close();
    await simulator.close();
  });

  const grant = async (form: Parameters<FormBench['signIn']>[0]) => {
    const { outcome } = await bench().signIn(form);
    if (outcome.type !== 'granted') throw new Error(`${outcome.at.step} ${outcome.at.code}`);
    return outcome.result;
  };

  it('needs no more than the address of the mailbox, and tells each step', async () => {
    const { outcome, steps } = await bench().signIn({ email: ADA, password: CANARY });
    expect(steps).toEqual([
      `find_by_setting ${host} passed`,
      'find_at_domain - skipped not_needed',
      'find_at_autodiscover_host - skipped not_needed',
      'find_by_redirect - skipped not_needed',
      'find_by_srv - skipped not_needed',
      `address ${host} passed`,
      `tls ${host} skipped plain_http`,
      `sign_in ${host} passed`,
      `version ${host} passed`,
      `mailbox ${host} passed`,
    ]);
    expect(outcome).toMatchObject({
      type: 'granted',
      result: { identity: { address: ADA }, tokens: { scopes: ['calendar.readWrite'] } },
    });
  });

  it.each<[string, 'NTLM' | 'Basic', Omit<SignInForm, 'password'>, string]>([
    [
      'a name with its domain and NTLM',
      'NTLM',
      { username: 'EXAMPLE\\ada', url: '/EWS/Exchange.asmx' },
      'EXAMPLE\\ada',
    ],
    ['a name alone', 'Basic', { username: 'ada', url: '/EWS/Exchange.asmx' }, 'ada'],
    ['a UPN and Basic', 'Basic', { username: ADA }, ADA],
    ['a name of a server alone', 'NTLM', { username: ADA, url: 'HOST' }, ADA],
    ['an address where the one of the server belongs', 'NTLM', { url: ADA }, ADA],
  ])('takes %s', async (_what, scheme, { url: place = '', ...typed }, name) => {
    simulator.control.changeSettings({ signIn: [scheme] });
    const where = place === 'HOST' ? host : place.startsWith('/') ? `${simulator.baseUrl}${place}` : place;
    const { identity, tokens } = await grant({ ...typed, password: CANARY, ...(where === '' ? {} : { url: where }) });
    expect(identity).toMatchObject({ address: ADA, name: expect.stringMatching(/ada/i) });
    const visible = { url, username: name, version: 'Exchange2013_SP1', certificateChecksSkipped: false };
    expect(bench().subject.visible(tokens.refreshToken ?? '')).toEqual(visible);
  });

  it.each([
    ['in JSON', []],
    ['in XML', ['autodiscover.json']],
    ['in SOAP', ['autodiscover.json', 'autodiscover.xml']],
  ])('shows a wrong password once, found %s', async (_how, paths) => {
    missing = paths;
    for (const scheme of ['NTLM', 'Basic'] as const) {
      simulator.control.changeSettings({ signIn: [scheme] });
      const failedBefore = simulator.control.failedSignIns(ADA);
      const told = await bench().signIn({ email: ADA, password: `wrong ${CANARY}` });
      expect(endOf(told)).toBe('sign_in password_refused');
      expect(simulator.control.failedSignIns(ADA) - failedBefore).toBe(1);
      expect(JSON.stringify([told.outcome, told.steps, told.log.lines])).not.toContain(CANARY);
    }
  });

  it('shows no password for an address that nobody has there', async () => {
    const told = await bench().signIn({ email: 'eve@example.com', username: ADA, password: `wrong ${CANARY}` });
    expect(endOf(told)).toBe('address not_found_by_address');
    expect(simulator.control.failedSignIns(ADA)).toBe(0);
  });

  it.each([
    ['2010', 'auto', 'Exchange2010_SP2'],
    ['2010', 'ExchangeSE', 'Exchange2010_SP2'],
    ['2013', 'auto', 'Exchange2013_SP1'],
    ['SE', 'Exchange2010_SP3', 'Exchange2010_SP2'],
    ['SE', 'Exchange2013', 'Exchange2013'],
    ['SE', 'Exchange2019', 'Exchange2013_SP1'],
  ] as const)('finds with a server %s, told %s, the schema %s', async (server, version, schema) => {
    simulator.control.changeSettings({ version: server });
    const { tokens } = await grant({ email: ADA, password: CANARY, url, version });
    expect(bench().subject.visible(tokens.accessToken).version).toBe(schema);
  });

  it.each([
    ['ews_disabled', 'sign_in switched_off'],
    ['unavailable', 'sign_in provider_unavailable'],
    ['cut', 'sign_in no_connection'],
    ['throttled', 'mailbox provider_throttled'],
  ] as const)('tells a server that is %s from a wrong password', async (kind, end) => {
    simulator.control.addFault({ kind, email: ADA, times: 9 });
    expect(endOf(await bench().signIn({ email: ADA, password: CANARY, url }))).toBe(end);
    expect(simulator.control.failedSignIns(ADA)).toBe(0);
  });

  it('shows no password to a server that wants another way to sign in', async () => {
    simulator.control.changeSettings({ signIn: ['Negotiate', 'Bearer'] });
    const told = await bench().signIn({ email: ADA, password: `wrong ${CANARY}`, url });
    expect(endOf(told)).toBe('sign_in scheme_not_offered');
    expect(simulator.control.failedSignIns(ADA)).toBe(0);
  });

  it('names the mailbox by its own address, whatever address was typed', async () => {
    const { identity } = await grant({ email: BEN, username: ADA, password: CANARY, url });
    const { identity: own } = await grant({ email: ADA, password: CANARY, url });
    expect(identity).toEqual(own);
    expect(identity.address).toBe(ADA);
  });

  it('gives the same subject each time, another one to another mailbox, and never the same access', async () => {
    const [first, again, other] = [
      await grant({ email: ADA, password: CANARY, url }),
      await grant({ username: 'EXAMPLE\\ada', password: CANARY, url }),
      await grant({ email: BEN, password: CANARY, url }),
    ];
    expect(again.identity.subject).toBe(first.identity.subject);
    expect(other.identity.subject).not.toBe(first.identity.subject);
    expect((await grant({ email: ADA, password: CANARY, url })).tokens.accessToken).not.toBe(first.tokens.accessToken);
  });

  it('goes on only while the rules let it', async () => {
    const { tokens } = await grant({ email: ADA, password: CANARY, url });
    const objection = (allowedHosts: readonly string[]) =>
      bench().subject.objection(tokens.accessToken, { ...RULES, allowedHosts });
    expect(objection([])).toBeNull();
    expect(objection([host])).toBeNull();
    expect(objection(['127.0.0.1'])).toBeNull();
    expect(objection(['*.example.com'])).toBe('host_not_allowed');
    expect(bench().subject.objection('no access at all', RULES)).toBeNull();
  });
});
