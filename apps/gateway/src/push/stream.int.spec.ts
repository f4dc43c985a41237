import { calendarCursorGet, pushSubjects } from '@daybook/contracts';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

/** Reads a stream; every wait has an end, so that a stream that stays silent fails its test. */
class Reader {
  text = '';
  ended = false;

  private constructor(
    readonly response: Response,
    private readonly leaving: AbortController,
  ) {
    void this.read();
  }

  static async open(url: string, headers: Record<string, string>): Promise<Reader> {
    const leaving = new AbortController();
    return new Reader(await fetch(`${url}/v1/stream`, { headers, signal: leaving.signal }), leaving);
  }

  until(marker: string | RegExp): Promise<string> {
    const found = () => (typeof marker === 'string' ? this.text.includes(marker) : marker.test(this.text));
    return this.wait(() => found() || this.ended);
  }

  end(): Promise<string> {
    return this.wait(() => this.ended);
  }

  leave(): void {
    this.leaving.abort();
  }

  private async wait(enough: () => boolean): Promise<string> {
    for (let turn = 0; turn < 1000 && !enough(); turn += 1) {
      await pause();
    }
    expect(enough()).toBe(true);
    return this.text;
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      const reader = this.response.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        this.text += decoder.decode(part.value, { stream: true });
      }
    } catch {
      // The other side, or this one, broke it off.
    }
    this.ended = true;
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the live stream', () => {
  let subject: GatewayUnderTest;
  let url: string;

  beforeEach(async () => {
    subject = await startGateway({ beatMs: 40, env: { STREAMS_PER_PERSON: '2' } });
    subject.services.answer(calendarCursorGet, () => ({ cursor: 'c1' }));
    url = await subject.listen();
  });
  afterEach(() => subject.stop());

  it('tells at once what changed since the cursor the reader has', async () => {
    const stream = await Reader.open(url, { ...(await subject.signedIn()), 'last-event-id': 'c0' });
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await stream.until('c1')).toContain('id: c1\nevent: meetings.changed\ndata: {"cursor":"c1"}\n\n');
  });

  it('tells nothing to a reader who is up to date, except that it lives', async () => {
    const stream = await Reader.open(url, { ...(await subject.signedIn()), 'last-event-id': 'c1' });
    expect(await stream.until(/: beat\n\n: beat/)).not.toContain('meetings.changed');
  });

  it('passes on pushes for the person and the account, and nobody else’s', async () => {
    const stream = await Reader.open(url, { ...(await subject.signedIn()), 'last-event-id': 'c1' });
    await stream.until(': open');
    await subject.pushUser('usr_ben', { event: 'meetings.changed', cursor: 'of-ben' });
    await subject.push(pushSubjects.account('acc_two'), { event: 'policy.changed', cursor: 'of-two' });
    await subject.push(pushSubjects.user('usr_ada'), { event: 'no.such.event', cursor: 'x' });
    await subject.push(pushSubjects.user('usr_ada'), { event: 'connection.changed', cursor: 'bad\nevent: forged' });
    await subject.push(pushSubjects.account('acc_one'), { event: 'policy.changed', cursor: 'p2' });
    await subject.pushUser('usr_ada', { event: 'connection.changed', cursor: '7' });
    await subject.pushUser('usr_ada', { event: 'meetings.changed', cursor: 'c2' });
    const text = await stream.until('id: c2');
    expect(text).toContain('event: policy.changed\ndata: {"cursor":"p2"}');
    expect(text).toContain('event: connection.changed\ndata: {"cursor":"7"}');
    expect(text).not.toMatch(/of-ben|of-two|no\.such|forged/);
  });

  it('ends with the access token', async () => {
    const own = await startGateway({ now: () => new Date(1_800_000_000_000) });
    const stream = await Reader.open(await own.listen(), await own.signedIn({ lasts: 1 }));
    expect(stream.response.status).toBe(200);
    expect(await stream.end()).toContain(': open');
    await own.stop();
  });

  it('ends when its session does, and only then', async () => {
    const one = await Reader.open(url, await subject.signedIn({ sessionId: 'ses_one' }));
    const two = await Reader.open(url, await subject.signedIn({ sessionId: 'ses_two' }));
    await two.until(': open');
    await subject.push(pushSubjects.sessionsRevoked, { sessionIds: ['ses_one'], keyIds: [] });
    await one.end();
    expect(two.ended).toBe(false);
  });

  it('is limited for each person, and makes room when a reader leaves', async () => {
    const headers = await subject.signedIn();
    const first = await Reader.open(url, headers);
    await Reader.open(url, headers);
    const third = await fetch(`${url}/v1/stream`, { headers });
    expect(third.status).toBe(429);
    expect(await third.json()).toMatchObject({ code: 'rate_limited' });
    first.leave();
    let status = 429;
    for (let turn = 0; turn < 200 && status === 429; turn += 1) {
      await pause();
      const leaving = new AbortController();
      ({ status } = await fetch(`${url}/v1/stream`, { headers, signal: leaving.signal }));
      leaving.abort();
    }
    expect(status).toBe(200);
  });

  it('needs somebody to have signed in', async () => {
    const response = await fetch(`${url}/v1/stream`);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('asks for the cursor until calendar-svc is there', async () => {
    await subject.services.leave(calendarCursorGet);
    const stream = await Reader.open(url, { ...(await subject.signedIn()), 'last-event-id': 'c0' });
    await stream.until(': beat');
    subject.services.answer(calendarCursorGet, () => ({ cursor: 'c9' }));
    expect(await stream.until('id: c9')).toContain('id: c9');
  });

  it('does not keep the gateway from stopping', async () => {
    const stream = await Reader.open(url, await subject.signedIn());
    await stream.until(': open');
    await subject.stop();
    await stream.end();
  });
});
