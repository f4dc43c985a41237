import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { httpCall } from './http-call';

const described = z.object({
  home: z.string(),
  readyMs: z.number(),
  pids: z.record(z.string(), z.number().nullable()),
  /** Without simulators of its own a stack has no addresses for them. */
  addresses: z.object({
    gateway: z.string(),
    control: z.string().default(''),
    google: z.string().default(''),
    microsoft: z.string().default(''),
    exchange: z.string().default(''),
    mongodb: z.string(),
  }),
  run: z.object({ nats: z.object({ url: z.string(), user: z.string(), password: z.string() }) }),
});
type Described = z.infer<typeof described>;

export type ProcessName = 'sandbox' | 'admin-svc' | 'auth-svc' | 'calendar-svc' | 'gateway' | 'mongod' | 'nats';

const hostScript = join(__dirname, '..', 'host', 'stack-host.mjs');
/** Stopping a database and starting it again takes as long as its recovery does. */
const ORDER_MS = 120_000;

/** A whole running stack: the shared one of the test run, or one of a test's own. */
export class Stack {
  private constructor(
    private readonly door: string,
    private facts: Described,
    /** Ends a stack of a test's own; the shared one ends with the run. */
    readonly end: () => Promise<void>,
  ) {}

  /** The stack that the run's global setup holds. */
  static async shared(): Promise<Stack> {
    const door = process.env['DAYBOOK_STACK_DOOR'];
    if (!door) throw new Error('no stack is running: use the jest configuration of system-e2e');
    return new Stack(door, await describeStack(door), async () => undefined);
  }

  /** Another one with its own home, for tests that need two. */
  static async start(home: string, env: Readonly<Record<string, string>> = {}): Promise<Stack> {
    const child = spawn(process.execPath, [hostScript], {
      env: { ...process.env, DAYBOOK_STACK_OPTIONS: JSON.stringify({ home, env }) },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    const line = once(createInterface({ input: child.stdout }), 'line');
    const first = await Promise.race([line, gone.then(() => null)]);
    if (first === null) throw new Error('the stack ended at its start; what it said stands above');
    const { port } = z.object({ port: z.number() }).parse(JSON.parse(String(first[0])));
    const door = `http://127.0.0.1:${port}`;
    return new Stack(door, await describeStack(door), async () => {
      child.stdin.end();
      await gone;
    });
  }

  get home(): string {
    return this.facts.home;
  }

  get addresses(): Described['addresses'] {
    return this.facts.addresses;
  }

  /** What `run.json` tells a consumer of events. */
  get eventsReader(): Described['run']['nats'] {
    return this.facts.run.nats;
  }

  /** How long the start took, in milliseconds. */
  get readyMs(): number {
    return this.facts.readyMs;
  }

  pid(name: ProcessName): number | null {
    return this.facts.pids[name] ?? null;
  }

  /** SIGKILL; started again after a moment, as in production. */
  kill(name: ProcessName): Promise<void> {
    return this.order(`/processes/${name}/kill`);
  }

  /** SIGKILL; down until `start`. */
  crash(name: ProcessName): Promise<void> {
    return this.order(`/processes/${name}/crash`);
  }

  /** Down until `start`. */
  stop(name: ProcessName): Promise<void> {
    return this.order(`/processes/${name}/stop`);
  }

  start(name: ProcessName): Promise<void> {
    return this.order(`/processes/${name}/start`);
  }

  restart(name: ProcessName): Promise<void> {
    return this.order(`/processes/${name}/restart`);
  }

  /** Resolves when the gateway says that everything answers. */
  ready(): Promise<void> {
    return this.order('/ready');
  }

  /** The broker dies, its volume vanishes, and it is back. */
  wipeBroker(): Promise<void> {
    return this.order('/wipe-broker');
  }

  private async order(path: string): Promise<void> {
    const { status, text, json } = await httpCall(`${this.door}${path}`, { method: 'POST', timeoutMs: ORDER_MS });
    if (status !== 200) throw new Error(`the stack refused ${path}: ${text}`);
    this.facts = described.parse(json);
  }
}

async function describeStack(door: string): Promise<Described> {
  return described.parse((await httpCall(door)).json);
}
