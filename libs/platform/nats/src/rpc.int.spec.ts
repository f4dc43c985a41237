import { fail, operation } from '@daybook/contracts';
import { currentContext, runWithContext } from '@daybook/platform/logging';
import { createMetrics } from '@daybook/platform/telemetry';
import { Controller, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Handles, type CallContext } from './handles';
import { jsonReply } from './json-reply';
import { connectNats, type NatsClient } from './nats-client';
import { NatsRpcServer } from './nats-rpc-server';
import { ContractBroken, RpcClient } from './rpc-client';
import { CutProxy } from './testing/cut-proxy';
import { loggerWithLines, serverUrl } from './testing/silent-logger';

const owner = `t${randomUUID().slice(0, 8)}`;
const text = z.object({ text: z.string().max(20) });
const operations = {
  echo: operation(
    `${owner}.text.echo`,
    text,
    z.object({ text: z.string(), from: z.string(), correlationId: z.string() }),
  ),
  raw: operation(`${owner}.text.raw`, z.null(), z.object({ items: z.array(z.number()) })),
  refuse: operation(`${owner}.text.refuse`, z.null(), z.null()),
  break: operation(`${owner}.text.break`, z.null(), z.null()),
  lie: operation(`${owner}.text.lie`, z.null(), z.object({ n: z.number() })),
  slow: operation(`${owner}.text.slow`, z.object({ ms: z.number() }), z.object({ running: z.number() })),
};

@Controller()
class TextController {
  private running = 0;

  @Handles(operations.echo)
  async echo(input: z.output<typeof text>, context: CallContext) {
    const { correlationId = '' } = currentContext() ?? {};
    return { text: input.text, from: context.from ?? '', correlationId };
  }

  @Handles(operations.raw)
  async raw() {
    return jsonReply('{"items":[1,2,3]}');
  }

  @Handles(operations.refuse)
  async refuse(): Promise<null> {
    throw fail('version_conflict', 'Somebody was faster.', { currentVersion: '7' });
  }

  @Handles(operations.break)
  async break(): Promise<null> {
    throw new Error('the password is hunter2');
  }

  @Handles(operations.lie)
  async lie() {
    return jsonReply('{"n":"not a number"}');
  }

  @Handles(operations.slow)
  async slow({ ms }: { ms: number }, { signal }: CallContext) {
    this.running += 1;
    const running = this.running;
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => resolve(clearTimeout(timer)));
    });
    this.running -= 1;
    return { running };
  }
}

@Module({ controllers: [TextController] })
class TextModule {}

describe('request and reply between services', () => {
  const { logger, lines } = loggerWithLines();
  const metrics = createMetrics({ service: 'test' });
  let proxy: CutProxy;
  let serverSide: NatsClient;
  let clientSide: NatsClient;
  let service: INestMicroservice;
  let subject: RpcClient;

  beforeAll(async () => {
    proxy = await CutProxy.before(serverUrl('NATS_URL'));
    serverSide = await connectNats({ url: serverUrl('NATS_URL'), name: 'server', logger });
    clientSide = await connectNats({ url: proxy.url, name: 'client', inboxPrefix: '_INBOX_gateway', logger });
    const strategy = new NatsRpcServer({ client: serverSide, owner, operations, logger, maxConcurrent: 3, metrics });
    service = await NestFactory.createMicroservice(TextModule, { strategy, logger: false });
    await service.listen();
    await serverSide.ping();
    subject = new RpcClient({ client: clientSide, from: 'gateway', metrics });
  });

  afterAll(async () => {
    await service.close();
    await Promise.all([serverSide.close(), clientSide.close()]);
    await proxy.close();
  });

  const problemOf = (call: Promise<unknown>) =>
    call.then(
      () => ({ code: 'no problem at all' }),
      (error: { problem: object }) => error.problem,
    );

  it('gives the answer, with the correlation id of the running request on both sides', async () => {
    const reply = await runWithContext({ correlationId: 'corr-7' }, () =>
      subject.call(operations.echo, { text: 'hello' }),
    );
    expect(reply).toEqual({ text: 'hello', from: 'gateway', correlationId: 'corr-7' });
  });

  it('hands a list on without reading it', async () => {
    expect((await subject.callRaw(operations.raw, null)).toString()).toBe('{"items":[1,2,3]}');
    expect(await subject.call(operations.raw, null)).toEqual({ items: [1, 2, 3] });
  });

  it('carries an expected failure across as it was thrown', async () => {
    const problem = await problemOf(subject.call(operations.refuse, null));
    expect(problem).toMatchObject({
      code: 'version_conflict',
      status: 412,
      detail: 'Somebody was faster.',
      currentVersion: '7',
    });
  });

  it('answers a bug with 500 and nothing of its text, and logs it', async () => {
    const problem = await problemOf(subject.call(operations.break, null));
    expect(problem).toMatchObject({ code: 'internal_error', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
    expect(lines.some((line) => line.includes('an operation failed') && line.includes('"level":"error"'))).toBe(true);
  });

  it('refuses input that does not fit, naming the field', async () => {
    const problem = await problemOf(subject.call(operations.echo, { text: 'x'.repeat(21) }));
    expect(problem).toMatchObject({ code: 'invalid_body', fields: [{ field: 'text' }] });
  });

  it('refuses a body that is not JSON', async () => {
    const reply = await clientSide.connection.request(operations.echo.subject, '{oops');
    expect(reply.headers?.get('daybook-status')).toBe('problem');
    expect(reply.json()).toMatchObject({ code: 'malformed_json' });
  });

  it('does not believe a reply against the contract', async () => {
    await expect(subject.call(operations.lie, null)).rejects.toBeInstanceOf(ContractBroken);
  });

  it('says at once that nobody listens', async () => {
    const nobody = operation(`${owner}.nobody.there`, z.null(), z.null());
    await problemOf(subject.call(nobody, null));
    const started = performance.now();
    const problem = await problemOf(subject.call(nobody, null));
    expect(problem).toMatchObject({ code: 'service_unavailable', status: 503 });
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('gives up at the deadline', async () => {
    const problem = await problemOf(subject.call(operations.slow, { ms: 400 }, { deadlineMs: 100 }));
    expect(problem).toMatchObject({ code: 'deadline_exceeded', status: 504 });
  });

  it('runs no more handlers at once than it may, and serves all', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => subject.call(operations.slow, { ms: 20 })));
    expect(Math.max(...replies.map(({ running }) => running))).toBeLessThanOrEqual(3);
  });

  it('measures both sides', async () => {
    const rendered = await metrics.render();
    expect(rendered).toContain(
      `daybook_rpc_handled_seconds_count{service="test",operation="${owner}.text.echo",outcome="value"}`,
    );
    expect(rendered).toContain(
      `daybook_rpc_called_seconds_count{service="test",operation="${owner}.text.refuse",outcome="version_conflict"}`,
    );
  });

  it('answers 503 while the broker is away and works again afterwards by itself', async () => {
    proxy.cut();
    const problem = await problemOf(subject.call(operations.echo, { text: 'x' }));
    expect(problem).toMatchObject({ code: 'service_unavailable' });
    expect(await clientSide.ping()).toMatchObject({ ok: false });
    proxy.mend();
    expect(await clientSide.whenConnected(10_000)).toBe(true);
    expect(await subject.call(operations.echo, { text: 'back' })).toMatchObject({ text: 'back' });
    expect(await subject.ping()).toMatchObject({ ok: true });
    expect(clientSide.epoch).toBe(2);
  });
});

describe('the boot check', () => {
  const { logger } = loggerWithLines();
  let client: NatsClient;

  beforeAll(async () => {
    client = await connectNats({ url: serverUrl('NATS_URL'), name: 'boot', logger });
  });
  afterAll(() => client.close());

  const boot = async (module: new () => object, declared: Record<string, unknown>) => {
    const strategy = new NatsRpcServer({ client, owner, operations: declared, logger });
    const app = await NestFactory.createMicroservice(module, { strategy, logger: false, abortOnError: false });
    await app.listen().finally(() => app.close());
  };

  it('stops the start when an operation has no handler, with its name', async () => {
    const forgotten = operation(`${owner}.text.forgotten`, z.null(), z.null());
    await expect(boot(TextModule, { ...operations, forgotten, other: 'not an operation' })).rejects.toThrow(
      `${owner}.text.forgotten has no handler`,
    );
  });

  it('stops the start when an operation has two handlers', async () => {
    @Controller()
    class SecondController {
      @Handles(operations.refuse)
      async refuse(): Promise<null> {
        return null;
      }
    }
    @Module({ controllers: [TextController, SecondController] })
    class TwiceModule {}
    await expect(boot(TwiceModule, operations)).rejects.toThrow(`${owner}.text.refuse has more than one handler`);
  });

  it('stops the start when a handler is for an operation of somebody else', async () => {
    const { refuse, ...others } = operations;
    await expect(boot(TextModule, others)).rejects.toThrow(`${refuse.subject} has a handler, but is not an operation`);
  });
});
