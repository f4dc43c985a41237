import type { AuthResult, BrowserLegStore, Provider } from '@daybook/provider-port';
import { type RunningGoogleSimulator, startGoogleSimulator } from '@daybook/providers/google-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { FakeLog, strategyOf } from '@daybook/testing/fakes';
import passport from 'passport';
import { createGoogleProvider } from './google.provider';

const ADA = 'ada@example.com';
const CALLBACK = 'http://localhost:8080/v1/oauth/google/callback';
const SCOPE = 'https://www.googleapis.com/auth/calendar';

/** The browser's side of one leg: passport in front, the simulator's own pages behind. */
class Browser {
  private readonly states = new Map<string, string>();
  private readonly store: BrowserLegStore = {
    save: async (_request, verifier) => {
      const state = `state-${this.states.size + 1}`;
      this.states.set(state, verifier);
      return state;
    },
    consume: async (_request, state) => {
      const verifier = this.states.get(state) ?? null;
      this.states.delete(state);
      return verifier;
    },
  };

  constructor(
    private readonly provider: Provider,
    private readonly calendar: 'read' | 'readWrite',
  ) {}

  /** From the start to the provider's consent page: that page's text. */
  async toConsent(baseUrl: string): Promise<string> {
    const start = await this.visit({});
    if (!('redirect' in start)) throw new Error('no redirect');
    const accounts = await (await fetch(start.redirect)).text();
    const consent = await fetch(
      `${baseUrl}/o/oauth2/v2/auth/account`,
      form({ request: requestIn(accounts), account: ADA }),
    );
    return consent.text();
  }

  /** Answers the consent page; the query our callback is visited with. */
  async decide(
    baseUrl: string,
    consent: string,
    decision: 'allow' | 'deny',
    scopes: readonly string[],
  ): Promise<URLSearchParams> {
    const fields = form({ request: requestIn(consent), decision });
    for (const scope of scopes) fields.body.append('scope', scope);
    const back = await fetch(`${baseUrl}/o/oauth2/v2/auth/consent`, { ...fields, redirect: 'manual' });
    const location = back.headers.get('location') ?? '';
    expect(location.startsWith(CALLBACK)).toBe(true);
    return new URL(location).searchParams;
  }

  async visit(
    query: Record<string, string>,
  ): Promise<{ redirect: string } | { error: unknown; user: unknown; challenge: unknown }> {
    const strategy = await strategyOf(this.provider.auth, {
      callbackUrl: CALLBACK,
      permissions: { calendar: this.calendar, contacts: 'none' },
      loginHint: null,
      forceConsent: true,
      claims: null,
      store: this.store,
    });
    return new Promise((resolve) => {
      const response = {
        setHeader: (name: string, value: string) => name === 'Location' && resolve({ redirect: value }),
        end: () => undefined,
      };
      passport.authenticate(strategy, { session: false }, (error: unknown, user: unknown, challenge: unknown) =>
        resolve({ error, user, challenge }),
      )({ query }, response, (error: unknown) => resolve({ error, user: null, challenge: null }));
    });
  }
}

const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });
const requestIn = (page: string): string => /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';

describe('signing in at Google', () => {
  let simulator: RunningGoogleSimulator;
  let http: ReturnType<typeof guardedHttpTo>;
  let subject: Provider;

  beforeEach(async () => {
    simulator = await startGoogleSimulator();
    simulator.control.createMailbox({ email: ADA });
    http = guardedHttpTo(simulator.baseUrl);
    subject = createGoogleProvider({
      http,
      clock: { now: () => simulator.control.now() },
      log: new FakeLog(),
      clientId: 'daybook-local',
      clientSecret: 'daybook-local-secret',
      baseUrl: simulator.baseUrl,
      hookAddress: null,
    });
  });
  afterEach(async () => {
    await http.close();
    await simulator.close();
  });

  async function leg(calendar: 'read' | 'readWrite', decision: 'allow' | 'deny', ticked: readonly string[]) {
    const browser = new Browser(subject, calendar);
    const consent = await browser.toConsent(simulator.baseUrl);
    const query = await browser.decide(simulator.baseUrl, consent, decision, ticked);
    return { browser, query: Object.fromEntries(query), answer: await browser.visit(Object.fromEntries(query)) };
  }

  it('ends with tokens that work, the granted permission and the identity', async () => {
    const { answer } = await leg('read', 'allow', [`${SCOPE}.readonly`]);
    const expected: unknown = expect.objectContaining({ address: ADA, subject: expect.stringMatching(/.+/) });
    expect(answer).toMatchObject({
      error: null,
      user: { identity: expected, tokens: { refreshToken: expect.any(String) } },
    });
    const { tokens } = resultOf(answer);
    expect(subject.auth.grantedBy(tokens.scopes)).toEqual({ calendar: 'read', contacts: 'none' });
    const calendars = subject.calendar?.open({ token: tokens.accessToken }).calendars() ?? [];
    for await (const page of calendars) expect(page).toMatchObject([{ primary: true }]);
  });

  it('says what was really granted when a box is left unticked', async () => {
    const { answer } = await leg('readWrite', 'allow', [`${SCOPE}.readonly`]);
    expect(subject.auth.grantedBy(resultOf(answer).tokens.scopes).calendar).toBe('read');
  });

  it('ends as denied when the person says no', async () => {
    const { answer } = await leg('read', 'deny', []);
    expect(answer).toMatchObject({ user: false, challenge: { code: 'denied' } });
  });

  it('ends as awaiting an administrator where one must approve', async () => {
    simulator.control.addFault({ kind: 'admin_approval', email: ADA });
    const { answer } = await leg('read', 'allow', [`${SCOPE}.readonly`]);
    expect(answer).toMatchObject({ user: false, challenge: { code: 'awaiting_admin' } });
  });

  it('takes neither a code nor a state twice', async () => {
    const { browser, query } = await leg('read', 'allow', [`${SCOPE}.readonly`]);
    expect(await browser.visit(query)).toMatchObject({ challenge: { code: 'state_invalid' } });
    const again = new Browser(subject, 'read');
    const start = await again.visit({});
    const state = 'redirect' in start ? (new URL(start.redirect).searchParams.get('state') ?? '') : '';
    expect(await again.visit({ ...query, state })).toMatchObject({ challenge: { code: 'code_invalid' } });
  });

  it('reports a provider that is down during the exchange as an outage', async () => {
    const browser = new Browser(subject, 'read');
    const consent = await browser.toConsent(simulator.baseUrl);
    const query = await browser.decide(simulator.baseUrl, consent, 'allow', [`${SCOPE}.readonly`]);
    simulator.control.addFault({ kind: 'unavailable', times: 1 });
    expect(await browser.visit(Object.fromEntries(query))).toMatchObject({ error: { kind: 'Unavailable' } });
  });
});

function resultOf(answer: object): AuthResult {
  if ('user' in answer && isResult(answer.user)) return answer.user;
  throw new Error(`no result: ${JSON.stringify(answer)}`);
}

function isResult(value: unknown): value is AuthResult {
  return typeof value === 'object' && value !== null && 'tokens' in value && 'identity' in value;
}
