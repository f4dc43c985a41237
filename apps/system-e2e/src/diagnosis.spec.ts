import { diagnosisItemSchema, diagnosisSchema, problemSchema, type DiagnosisItem } from '@daybook/contracts';
import {
  BrowserlessPerson,
  eventually,
  httpCall,
  Person,
  readEvents,
  Stack,
  type HttpAnswer,
  type Simulator,
} from '@daybook/testing/stack';
import { deleteConnections, newMailbox, SERVICE } from './connected-person';
import { ownCalendar } from './own-calendar';

const CHECKS = ['address', 'tls', 'sign_in', 'permissions', 'read', 'write_then_remove', 'push'];
/** The simulator is asked over plain http, where there is no certificate to look at. */
const HEALTHY = CHECKS.map((check) => (check === 'tls' ? 'tls: skipped plain_http' : `${check}: passed`));
const EVENTS = { accept: 'text/event-stream' };

const said = (items: readonly DiagnosisItem[]): string[] =>
  items.map(({ check, outcome, code }) => `${check}: ${outcome}${code ? ` ${code}` : ''}`);

function itemsOf(text: string): DiagnosisItem[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [event, data = ''] = block.split('\n');
      expect(event).toBe('event: check');
      return diagnosisItemSchema.parse(JSON.parse(data.replace(/^data: /, '')));
    });
}

describe('the connection doctor', () => {
  let stack: Stack;
  let ada: Person;
  let ben: Person;
  let mailbox: Simulator;
  let connectionId = '';

  const ask = (person: Person, id: string, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
    person.call(`/v1/connections/${id}/diagnose`, { method: 'POST', headers });
  /** Between two diagnoses of one connection there is a rest. */
  const look = (person: Person, id: string, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
    eventually(
      async () => {
        const answer = await ask(person, id, headers);
        if (answer.status === 429) throw new Error('it is too soon');
        return answer;
      },
      { everyMs: 500, timeoutMs: 60_000 },
    );
  async function lookAt(person: Person, id: string): Promise<readonly DiagnosisItem[]> {
    const answer = await look(person, id);
    expect(answer.status).toBe(200);
    return diagnosisSchema.parse(answer.json).items;
  }
  async function connect(person: Person, account: Simulator, calendar: 'read' | 'readWrite'): Promise<string> {
    const { id, authorizeUrl } = await person.connect(SERVICE, calendar);
    await new BrowserlessPerson().consent(authorizeUrl, { account: account.email });
    await person.until(id, 'active');
    return id;
  }

  beforeAll(async () => {
    stack = await Stack.shared();
    ada = await Person.signIn(stack.addresses.gateway, 'ada@example.com');
    ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    mailbox = await newMailbox(stack, 'doctor');
    await mailbox.importIcs(ownCalendar());
    connectionId = await connect(ada, mailbox, 'readWrite');
  });
  afterEach(() => mailbox.clearFaults());
  afterAll(async () => {
    await deleteConnections(ada);
    await deleteConnections(ben);
  });

  it('finds a healthy connection healthy, and leaves nothing but the write and its removal', async () => {
    const before = { events: await mailbox.events(), meetings: await ada.meetings() };
    const heard = async () =>
      (await readEvents(stack.eventsReader, ada.id)).filter(({ body }) => body.data.connectionId === connectionId);
    const told = (await heard()).length;

    const items = await lookAt(ada, connectionId);
    expect(said(items)).toEqual(HEALTHY);
    expect(items.every(({ detail }) => detail.length > 0)).toBe(true);

    const { writes, mails } = await mailbox.ledger();
    const [wrote, removed, ...more] = writes;
    expect([wrote?.operation, removed?.operation, more]).toEqual(['insert', 'delete', []]);
    expect(removed?.itemId).toBe(wrote?.itemId);
    expect(mails).toEqual([]);
    expect(await mailbox.events()).toEqual(before.events);

    const lookedAt = Date.now();
    await ada.call(`/v1/connections/${connectionId}/sync`, { method: 'POST' });
    await eventually(async () => {
      const [source] = (await ada.connection(connectionId)).calendar.freshness.sources;
      expect(Date.parse(source?.lastSuccessAt ?? '')).toBeGreaterThan(lookedAt);
    });
    expect(await ada.meetings()).toEqual(before.meetings);
    expect((await heard()).length).toBe(told);
  });

  it('tells each check as it comes to whoever reads events', async () => {
    const answer = await look(ada, connectionId, EVENTS);
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(said(itemsOf(answer.text))).toEqual(HEALTHY);
  });

  it('is not asked twice at once, and says when it may be', async () => {
    await eventually(async () => {
      const answers = await Promise.all([ask(ada, connectionId, EVENTS), ask(ada, connectionId)]);
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused).toHaveLength(1);
      expect(problemSchema.parse(refused[0]?.json)).toMatchObject({ status: 429, code: 'rate_limited' });
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });

  it('is nobody else’s', async () => {
    for (const headers of [{}, EVENTS]) {
      expect(problemSchema.parse((await ask(ben, connectionId, headers)).json)).toMatchObject({ status: 404 });
    }
  });

  it('goes on without its reader, leaves nothing, and can be asked again', async () => {
    const leaving = new AbortController();
    const order = { method: 'POST', headers: { ...EVENTS, authorization: `Bearer ${ada.accessToken}` } };
    const url = `${ada.gateway}/v1/connections/${connectionId}/diagnose`;
    const opened = await eventually(async () => {
      const response = await fetch(url, { ...order, signal: leaving.signal });
      if (response.status === 429) throw new Error('it is too soon');
      return response;
    });
    await opened.body?.getReader().read();
    leaving.abort();
    expect(said(await lookAt(ada, connectionId))).toEqual(HEALTHY);
    const titles = (await mailbox.events()).map(({ summary }) => summary);
    expect(titles.filter((title) => title?.includes('connection check'))).toEqual([]);
    expect((await httpCall(`${stack.addresses.gateway}/health/ready`)).status).toBe(200);
  });

  it('says that the provider does not answer, and what it could not look at', async () => {
    await mailbox.addFault('unavailable');
    const items = await lookAt(ada, connectionId);
    expect(said(items).slice(2)).toEqual([
      'sign_in: failed provider_unavailable',
      'permissions: passed',
      'read: skipped earlier_failed',
      'write_then_remove: skipped earlier_failed',
      'push: skipped earlier_failed',
    ]);
    expect(items[2]?.fix).toMatch(/\w/);
  });

  it('removes also what it wrote without hearing so', async () => {
    const before = await mailbox.events();
    await mailbox.addFault('timeout_after_write', { times: 1 });
    const items = await lookAt(ada, connectionId);
    expect(said(items)[5]).toBe('write_then_remove: failed provider_unavailable');
    expect(await mailbox.events()).toEqual(before);
  });

  it('does not wait for ever for a provider that is slow', async () => {
    await mailbox.addFault('slow', { ms: 14_000 });
    const answer = await look(ada, connectionId, EVENTS);
    expect(said(itemsOf(answer.text))[2]).toBe('sign_in: failed took_too_long');
  });

  it('writes nothing with a connection that may only read', async () => {
    const other = await newMailbox(stack, 'doctor-reader');
    const id = await connect(ben, other, 'read');
    expect(said(await lookAt(ben, id))).toEqual(
      HEALTHY.map((line) => (line.startsWith('write') ? 'write_then_remove: skipped read_only' : line)),
    );
    expect((await other.ledger()).writes).toEqual([]);
  });

  it('says how to mend a connection whose consent is gone, also once that is known', async () => {
    await mailbox.addFault('grant_revoked');
    const revoked = [
      'sign_in: failed consent_revoked',
      'permissions: skipped earlier_failed',
      'read: skipped earlier_failed',
      'write_then_remove: skipped earlier_failed',
      'push: skipped earlier_failed',
    ];
    const items = await lookAt(ada, connectionId);
    expect(said(items).slice(2)).toEqual(revoked);
    expect(items[2]?.fix).toBe('Connect again.');
    await ada.until(connectionId, 'needs_reconnect');
    expect(said(await lookAt(ada, connectionId)).slice(2)).toEqual(revoked);
  });
});
