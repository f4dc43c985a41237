import { calendarConnectionDiagnose, fail, pushSubjects, type DiagnosisItem } from '@daybook/contracts';
import { z } from 'zod';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';
import { StepStreams } from './step-streams';

const asked = z.object({ id: z.string(), tellAs: z.string().optional() });
const address: DiagnosisItem = { check: 'address', outcome: 'passed', detail: 'Found.' };
const tls: DiagnosisItem = { check: 'tls', outcome: 'skipped', code: 'plain_http', detail: 'None.' };
const read: DiagnosisItem = {
  check: 'read',
  outcome: 'failed',
  code: 'no_calendar',
  detail: 'None.',
  fix: 'Make one.',
};
const events = 'text/event-stream';

describe('the diagnosis of a connection at the gateway', () => {
  let subject: GatewayUnderTest;
  let url: string;
  /** The name of the last diagnosis that was asked for. */
  let name: string | undefined;
  let answer: (items: DiagnosisItem[]) => void;

  beforeEach(async () => {
    subject = await startGateway();
    url = `${await subject.listen()}/v1/connections/con_one/diagnose`;
    name = undefined;
    const answered = new Promise<DiagnosisItem[]>((resolve) => (answer = resolve));
    subject.services.answer(calendarConnectionDiagnose, async (input) => {
      name = asked.parse(input).tellAs;
      return { items: await answered };
    });
  });
  afterEach(() => subject.stop());

  const post = async (accept: string, signal?: AbortSignal): Promise<Response> =>
    fetch(url, { method: 'POST', headers: { ...(await subject.signedIn()), accept }, ...(signal ? { signal } : {}) });
  const until = async (holds: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 1000 && !holds(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(holds()).toBe(true);
  };
  const pushed = async (item: unknown): Promise<void> => {
    await until(() => name !== undefined);
    await subject.push(pushSubjects.diagnosis(name ?? ''), item);
  };
  const event = (item: DiagnosisItem): string => `event: check\ndata: ${JSON.stringify(item)}\n\n`;

  it('is answered whole to whoever wants JSON, and then nothing is pushed', async () => {
    answer([address, tls]);
    const response = await post('application/json');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ items: [address, tls] });
    expect(subject.services.callsOf(calendarConnectionDiagnose)[0]?.input).toMatchObject({ id: 'con_one' });
    expect(name).toBeUndefined();
  });

  it('is an event a check as it comes, each once, and whole also where a push got lost', async () => {
    const answering = post(events);
    await pushed(address);
    const response = await answering;
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    await pushed({ check: 'no such check' });
    await pushed(tls);
    answer([address, tls, read]);
    expect(await response.text()).toBe(event(address) + event(tls) + event(read));
    expect(subject.app.get(StepStreams).size).toBe(0);
  });

  it('hears nothing of another one', async () => {
    const answering = post(events);
    await pushed(address);
    await subject.push(pushSubjects.diagnosis('another'), read);
    answer([address]);
    expect(await (await answering).text()).toBe(event(address));
  });

  it.each([
    ['not_found', 404],
    ['integration_disabled', 403],
    ['rate_limited', 429],
  ] as const)('is refused as ever with %s, whatever was to come', async (code, status) => {
    subject.services.answer(calendarConnectionDiagnose, () => {
      throw fail(code);
    });
    for (const accept of [events, 'application/json']) {
      const response = await post(accept);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(await response.json()).toMatchObject({ code });
    }
  });

  it('ends with the problem when it breaks off in the middle', async () => {
    subject.services.answer(calendarConnectionDiagnose, async (input) => {
      await subject.push(pushSubjects.diagnosis(asked.parse(input).tellAs ?? ''), address);
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw fail('service_unavailable');
    });
    const text = await (await post(events)).text();
    expect(text.startsWith(event(address))).toBe(true);
    expect(text).toMatch(/event: problem\ndata: \{.*"code":"service_unavailable".*"correlationId":"[^"]+"/);
  });

  it('leaves nothing hanging when the reader goes, and takes what comes afterwards', async () => {
    const leaving = new AbortController();
    const answering = post(events, leaving.signal);
    await pushed(address);
    await answering;
    expect(subject.app.get(StepStreams).size).toBe(1);
    leaving.abort();
    await until(() => subject.app.get(StepStreams).size === 0);
    await pushed(tls);
    answer([address, tls, read]);
    name = undefined;
    const next = post(events);
    await until(() => name !== undefined);
    expect(await (await next).text()).toContain(event(address));
  });

  it('does not keep the gateway from stopping', async () => {
    const answering = post(events);
    await pushed(address);
    const response = await answering;
    await subject.stop();
    expect(await response.text()).toBe(event(address));
  });
});
