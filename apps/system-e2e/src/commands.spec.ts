import { eventually, httpCall, Person, Simulator, Stack } from '@daybook/testing/stack';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ownCalendar } from './own-calendar';
import { descendants, stillRunning } from './process-tree';
import { runTool, Tool } from './tool';

const ADA = 'ada@example.com';
const BOSS = 'boss@acme.example';
const PASSWORD = 'a long password';
/** A start builds what has changed and recovers a database: on a busy machine that takes its time. */
const START_MS = 150_000;
const READY = /^Daybook is ready at (http:\/\/\S+)$/m;
const LINK = /(http:\/\/\S+\/welcome\?token=\S+) \(works once, for 24 hours\)/;

const runFile = z.strictObject({
  gateway: z.url(),
  portal: z.url(),
  control: z.url(),
  google: z.url(),
  microsoft: z.url(),
  exchange: z.url(),
  mongodb: z.url(),
  nats: z.strictObject({ url: z.url(), user: z.string().min(1), password: z.string().min(16) }),
  pid: z.number(),
});
type Run = z.infer<typeof runFile>;

/** Starts what `npm start` starts, on free ports. */
function start(home: string, settings: Readonly<Record<string, string>> = {}): Tool {
  const simulators = ['CONTROL', 'GOOGLE', 'MICROSOFT', 'EXCHANGE'].map((name) => [`SANDBOX_${name}_PORT`, '0']);
  const ports = { GATEWAY_PORT: '0', ...Object.fromEntries(simulators) };
  return new Tool('start.mjs', [], { DAYBOOK_HOME: home, ...ports, ...settings });
}

function redeem(link: string, email: string): Promise<number> {
  const { origin, searchParams } = new URL(link);
  const json = { token: searchParams.get('token'), email, name: 'First', password: PASSWORD };
  return httpCall(`${origin}/v1/auth/first-administrator`, { method: 'POST', json }).then(({ status }) => status);
}

/** Whether somebody listens there. */
function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const told = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', told(true)).once('error', told(false));
  });
}

const addressesOf = ({ gateway, portal, control, google, microsoft, exchange, mongodb, nats }: Run): string[] => [
  ...[gateway, portal, control, google, microsoft, exchange, mongodb],
  nats.url,
];

/** One stack, started, killed, started again and ended: the cases follow each other as a person's day does. */
describe('the commands', () => {
  let folder: string;
  let home: string;
  let stack: Tool;
  let run: Run;
  const started: Tool[] = [];

  const readRun = async (): Promise<Run> => runFile.parse(JSON.parse(await readFile(join(home, 'run.json'), 'utf8')));
  const launch = async (): Promise<string> => {
    stack = start(home);
    started.push(stack);
    const address = await stack.says(READY);
    run = await readRun();
    return address;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-commands-'));
    home = join(folder, 'home');
  });
  afterAll(async () => {
    for (const one of started) one.signal('SIGKILL');
    await Promise.all(started.map(({ ended }) => ended));
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  });

  it(
    'start says where it is ready, and tells its owner alone every address that answers',
    async () => {
      const address = await launch();
      expect(run).toMatchObject({ gateway: address, portal: address, pid: stack.pid });
      expect((await stat(join(home, 'run.json'))).mode & 0o777).toBe(0o600);
      expect(await Promise.all(addressesOf(run).map(listens))).toEqual(addressesOf(run).map(() => true));
      expect((await httpCall(`${address}/health/ready`)).status).toBe(200);
      expect(stack.lines.filter((line) => line.includes(run.nats.password))).toEqual([]);
    },
    START_MS,
  );

  it('start refuses a home in which another one runs, and leaves that one alone', async () => {
    const second = start(home);
    started.push(second);
    expect(await second.ended).toBe(1);
    expect(second.lines.at(-1)).toContain(`already runs with ${home}`);
    expect((await httpCall(`${run.gateway}/health/ready`)).status).toBe(200);
  });

  it('import loads a file into a mailbox of the stack of its home', async () => {
    const file = join(folder, 'own.ics');
    await writeFile(file, ownCalendar());
    const { code, lines } = await runTool('import.mjs', [file, '--to', ADA], { DAYBOOK_HOME: home });
    expect([code, lines.at(-1)]).toEqual([
      0,
      expect.stringMatching(/^\d+ imported into ada@example\.com, \d+ unreadable$/),
    ]);
    await new Simulator(run, ADA).find('Company offsite');
  });

  it('account makes another account, whose administrator gets in by a link that works once', async () => {
    const made = await runTool('account.mjs', ['Acme', '--admin', BOSS], { DAYBOOK_HOME: home });
    const [, link = ''] = LINK.exec(made.lines.join('\n')) ?? [];
    expect([made.code, new URL(link).origin]).toEqual([0, run.gateway]);
    expect([await redeem(link, BOSS), await redeem(link, BOSS)]).toEqual([201, 400]);
    const again = await runTool('account.mjs', ['Acme', '--admin', BOSS], { DAYBOOK_HOME: home });
    expect([again.code, again.lines.at(-1)]).toEqual([1, expect.stringContaining('unique')]);
  });

  it(
    'start that is killed takes all it started along, and the next one comes up at once with everything kept',
    async () => {
      const children = await descendants(stack.pid);
      expect(children.length).toBeGreaterThanOrEqual(7);
      stack.signal('SIGKILL');
      expect(await stack.ended).toBe('SIGKILL');
      await launch();
      await eventually(async () => expect(await stillRunning(children)).toEqual([]));
      await Person.signIn(run.gateway, BOSS, PASSWORD);
      await new Simulator(run, ADA).find('Company offsite');
      expect(run.pid).toBe(stack.pid);
    },
    START_MS,
  );

  it('start that is told to end leaves nothing behind but its data', async () => {
    const children = await descendants(stack.pid);
    stack.signal('SIGTERM');
    expect(await stack.ended).toBe(0);
    await eventually(async () => expect(await stillRunning(children)).toEqual([]));
    expect(existsSync(join(home, 'run.json'))).toBe(false);
    expect(existsSync(join(home, 'mongo', 'WiredTiger'))).toBe(true);
    const refused = await runTool('account.mjs', ['Late', '--admin', 'late@acme.example'], { DAYBOOK_HOME: home });
    expect([refused.code, refused.lines.at(-1)]).toEqual([1, expect.stringContaining('Daybook does not run')]);
  });

  it(
    'start on a database of the operator has no demo people, and lets the first administrator in once',
    async () => {
      const { mongodb } = (await Stack.shared()).addresses;
      const own = start(join(folder, 'own'), { MONGODB_URI: mongodb, MONGODB_DB_PREFIX: 'commands' });
      started.push(own);
      const link = await own.says(LINK);
      const address = await own.says(READY);
      expect(new URL(link).origin).toBe(address);
      await expect(Person.signIn(address, 'admin@example.com')).rejects.toThrow('401');
      expect([await redeem(link, 'chief@corp.example'), await redeem(link, 'thief@corp.example')]).toEqual([201, 400]);
      await Person.signIn(address, 'chief@corp.example', PASSWORD);
      const children = await descendants(own.pid);
      own.signal('SIGINT');
      expect(await own.ended).toBe(0);
      await eventually(async () => expect(await stillRunning(children)).toEqual([]));
    },
    START_MS,
  );
});
