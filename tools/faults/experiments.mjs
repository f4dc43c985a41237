/** What is done to a running stack, one at a time. Each comes back when the harm is done, not when all is well again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ManagedProcess } from '../processes/managed-process.mjs';
import { steps } from './steps.mjs';

const SERVICES = ['calendar-svc', 'auth-svc', 'admin-svc', 'gateway'];
const SERVERS = ['mongod', 'nats', 'sandbox'];
/** After each of them everything has to be there in the end: a spoilt item (`bad_item`) too, once it is shown well. */
const READING_FAULTS = ['empty_page', 'endless_page', 'bad_item', 'cut', 'slow'];
const OUTAGES = ['unavailable', 'server_error'];
const LIMITS = ['throttled', 'quota'];
const READY_MS = 30_000;
const MINUTE_MS = 60_000;
/** Past the life of access tokens, of push channels and of sync tokens; and a provider whose clock is behind. */
const JUMPS_MS = [-10 * MINUTE_MS, 2 * 60 * MINUTE_MS, 8 * 1_440 * MINUTE_MS, 30 * 1_440 * MINUTE_MS];

/** A stopped process answers nobody and loses nothing: a disk or a network that does not come back for a while. */
async function hang({ pid }, ms) {
  if (!pid) return;
  try {
    process.kill(pid, 'SIGSTOP');
    await sleep(ms);
    process.kill(pid, 'SIGCONT');
  } catch {
    // It died meanwhile, which is another experiment's business.
  }
}

/** Everything answers again; not for ever, because that is what the verdict is for. */
export const untilReady = (stack) => Promise.race([stack.ready().catch(() => {}), sleep(READY_MS)]);

const killed = (name) => ({
  name: `${name} is killed`,
  async run({ stack }) {
    await stack.processes[name].kill('SIGKILL');
  },
});

const killedAt = (step) => ({
  name: `calendar-svc is killed when ${step.name}`,
  async run({ stack, mailbox, db, random }) {
    const ms = step.atOnce ? 0 : random.between(0, 60);
    // Nothing comes about while what was killed before is still down.
    await untilReady(stack);
    if (!(await step.comes({ db, mailbox }))) return 'which did not come about';
    await sleep(ms);
    await stack.processes['calendar-svc'].kill('SIGKILL');
    return `${ms} ms later`;
  },
});

const gone = (name, what) => ({
  name: `${what} is gone`,
  async run({ stack, random }) {
    const ms = random.between(500, 10_000);
    await stack.processes[name].stop('SIGKILL');
    await sleep(ms);
    await stack.processes[name].start();
    return `for ${ms} ms`;
  },
});

const misbehaves = (name, kinds, most = 5) => ({
  name,
  async run({ mailbox, random }) {
    const kind = random.pick(kinds);
    const times = random.between(1, most);
    await mailbox.addFault(kind, { times });
    return `${kind}, ${times} times`;
  },
});

const lasts = (name, kinds) => ({
  name,
  async run({ mailbox, random }) {
    const kind = random.pick(kinds);
    const forMs = random.between(3_000, 12_000);
    await mailbox.addFault(kind, { forMs });
    await sleep(forMs);
    return `${kind} for ${forMs} ms`;
  },
});

/**
 * @type {{ name: string, run(given: { stack: object, mailbox: object, db: object, random: object }): Promise<string | undefined> }[]}
 * `db`: the database of calendar-svc, only to see where it stands
 */
export const experiments = [
  ...SERVICES.map(killed),
  ...steps.map(killedAt),
  {
    name: 'calendar-svc is killed several times in a row',
    async run({ stack, random }) {
      const times = random.between(2, 4);
      for (let time = 0; time < times; time += 1) {
        await stack.processes['calendar-svc'].kill('SIGKILL');
        await sleep(random.between(300, 2_000));
      }
      return `${times} times`;
    },
  },
  {
    name: 'a service hangs',
    async run({ stack, random }) {
      const name = random.pick(SERVICES);
      const ms = random.between(1_000, 8_000);
      await hang(stack.processes[name], ms);
      return `${name} for ${ms} ms`;
    },
  },
  {
    // Longer than a lease: what wakes up has lost it to another and must not write any more.
    name: 'calendar-svc hangs longer than its leases live, beside a second one',
    async run({ stack, random }) {
      const second = await startSecond(stack);
      const ms = random.between(16_000, 20_000);
      await hang(stack.processes['calendar-svc'], ms);
      await second.stop();
      return `for ${ms} ms`;
    },
  },
  {
    name: 'disk or network of a server is slow',
    async run({ stack, random }) {
      const name = random.pick(SERVERS);
      const pulses = random.between(10, 40);
      for (let pulse = 0; pulse < pulses; pulse += 1) {
        await hang(stack.processes[name], random.between(50, 400));
        await sleep(30);
      }
      return `${name}, ${pulses} halts`;
    },
  },
  {
    name: 'a server hangs',
    async run({ stack, random }) {
      const name = random.pick(SERVERS);
      const ms = random.between(1_000, 8_000);
      await hang(stack.processes[name], ms);
      return `${name} for ${ms} ms`;
    },
  },
  gone('mongod', 'the database'),
  gone('nats', 'the broker'),
  {
    name: 'the volume of the broker is wiped',
    async run({ stack }) {
      await stack.wipeBroker();
    },
  },
  {
    name: 'a second calendar-svc works, and is killed',
    async run({ stack, random }) {
      const ms = random.between(3_000, 12_000);
      const second = await startSecond(stack);
      await sleep(ms);
      await second.stop('SIGKILL');
      return `after ${ms} ms`;
    },
  },
  {
    name: "the provider's clock jumps, and back",
    async run({ mailbox, random }) {
      const jump = random.pick(JUMPS_MS);
      const ms = random.between(1_000, 6_000);
      await mailbox.setClock(new Date(Date.now() + jump).toISOString());
      await sleep(ms);
      await mailbox.setClock(null);
      return `by ${jump / MINUTE_MS} minutes for ${ms} ms`;
    },
  },
  gone('sandbox', 'the provider'),
  lasts('the provider is down', OUTAGES),
  lasts('the provider throttles', LIMITS),
  misbehaves('the provider misbehaves where it is read', READING_FAULTS),
  misbehaves('cursors expire', ['cursor_expired'], 2),
  misbehaves('writes are carried out and not answered', ['timeout_after_write']),
  misbehaves('somebody else is faster at the provider', ['conflict'], 12),
];

/** As a second machine would run it: the same settings, the same leases. It starts while the harm goes on. */
async function startSecond(stack) {
  const { spec } = stack.processes['calendar-svc'];
  const name = 'calendar-svc-second';
  const second = new ManagedProcess({
    ...spec,
    name,
    logFile: spec.logFile.replace(spec.name, name),
    ready: async () => {},
  });
  await second.start();
  return second;
}
