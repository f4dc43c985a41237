import { createLogger } from './create-logger';
import { NestPinoLogger } from './nest-pino-logger';
import { runWithContext } from './request-context';

function subjectWithLines(level: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const subject = createLogger({ service: 'calendar-svc', level, destination: { write: (line) => lines.push(line) } });
  const last = (): unknown => JSON.parse(lines.at(-1) ?? '{}');
  return { subject, lines, last };
}

describe('a logger', () => {
  it('writes one JSON line with level, service and allowed fields', () => {
    const { subject, last } = subjectWithLines();
    subject.info('run finished', { connectionId: 'con_1', durationMs: 12, count: 3, kind: 'Throttled', fence: 7 });
    expect(last()).toMatchObject({
      level: 'info',
      service: 'calendar-svc',
      msg: 'run finished',
      connectionId: 'con_1',
      durationMs: 12,
      count: 3,
      kind: 'Throttled',
    });
  });

  it('hides fields that may hold what people wrote', () => {
    const { subject, lines } = subjectWithLines();
    subject.warn('odd', {
      title: 'Divorce lawyer',
      email: 'ada@example.org',
      body: { a: 1 },
      reason: 'mail to ada@example.org',
    });
    subject.warn('odd', { subject: 'Lunch with Bob', operation: { nested: 'Bob' } });
    expect(lines.join()).not.toMatch(/Divorce|ada@|Bob/);
    expect(lines.join()).toContain('[hidden]');
  });

  it.each([
    ['an address', 'no mail for ada.lovelace@example.org today', /ada|example\.org/],
    ['a bearer token', 'sent Authorization: Bearer ya29.a0AfH6SMBx', /ya29/],
    ['a web token', 'got eyJhbGciOi.eyJzdWIi.c2ln back', /eyJ/],
    ['a query', 'GET https://host.example/cb?code=4/abc&state=x failed', /4\/abc|state/],
    ['a fragment', 'at https://host.example/x#access_token=zzz', /zzz/],
    ['a password in an address', 'mongodb://user:hunter2@db:27017/x refused', /hunter2/],
  ])('masks %s in messages', (_what, message, secret) => {
    const { subject, lines } = subjectWithLines();
    subject.info(message);
    subject.error('failed', { error: new Error(message, { cause: new Error(message) }) });
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toMatch(secret);
  });

  it('keeps name, code and frames of an error, and none of its other properties', () => {
    const { subject, lines, last } = subjectWithLines();
    subject.error('failed', { error: Object.assign(new Error('no'), { code: 'ECONNRESET', response: 'body text' }) });
    expect(last()).toMatchObject({ error: { name: 'Error', code: 'ECONNRESET', message: 'no' } });
    expect(lines.join()).not.toContain('body text');
    expect(lines.join()).toContain('create-logger.spec');
  });

  it('carries the correlation id of the running request, also through awaits', async () => {
    const { subject, last } = subjectWithLines();
    await runWithContext({ correlationId: 'corr-1' }, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      subject.info('inside');
    });
    expect(last()).toMatchObject({ correlationId: 'corr-1' });
    subject.info('outside');
    expect(last()).not.toHaveProperty('correlationId');
  });

  it('gives its fields to children and stays silent below its level', () => {
    const { subject, lines, last } = subjectWithLines();
    const child = subject.child({ connectionId: 'con_9', secretThing: 'x y' });
    child.debug('not shown');
    expect(lines).toHaveLength(0);
    child.warn('shown');
    expect(last()).toMatchObject({ connectionId: 'con_9', secretThing: '[hidden]', level: 'warn' });
  });

  it('bounds a message that quotes a page', () => {
    const { subject, lines } = subjectWithLines();
    subject.info('x@'.repeat(200_000));
    expect(lines.join().length).toBeLessThan(10_000);
  });
});

describe('NestPinoLogger', () => {
  it('puts the chatter of the framework at debug and keeps its warnings', () => {
    const { subject, lines, last } = subjectWithLines('debug');
    const nest = new NestPinoLogger(subject);
    nest.log('Nest application successfully started', 'NestApplication');
    expect(last()).toMatchObject({ level: 'debug', context: 'NestApplication' });
    nest.warn('careful', 'Router');
    expect(last()).toMatchObject({ level: 'warn', context: 'Router' });
    nest.error(new Error('mail for ada@example.org'), 'Handler');
    expect(last()).toMatchObject({ level: 'error', error: { name: 'Error' } });
    expect(lines.join()).not.toContain('ada@');
  });
});
