/** What is done to a running stack, one at a time. Each comes back when the harm is done, not when all is well again. */
import { setTimeout as sleep } from 'node:timers/promises';

const SERVICES = ['calendar-svc', 'auth-svc', 'admin-svc', 'gateway'];
/** After each of them everything has to be there in the end: a spoilt item (`bad_item`) too, once it is shown well. */
const PROVIDER_FAULTS = [
  ...['throttled', 'quota', 'server_error', 'unavailable', 'slow', 'cut'],
  ...['cursor_expired', 'empty_page', 'endless_page', 'bad_item'],
];

/** @type {{ name: string, run(given: { stack: object, mailbox: object, random: object }): Promise<string> }[]} */
export const experiments = [
  {
    name: 'a service is killed',
    async run({ stack, random }) {
      const name = random.pick(SERVICES);
      await stack.processes[name].kill('SIGKILL');
      return name;
    },
  },
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
      const { pid } = stack.processes[name];
      const ms = random.between(1_000, 8_000);
      if (!pid) return `${name} was down`;
      process.kill(pid, 'SIGSTOP');
      await sleep(ms);
      process.kill(pid, 'SIGCONT');
      return `${name} for ${ms} ms`;
    },
  },
  {
    name: 'the database is gone',
    async run({ stack, random }) {
      const ms = random.between(500, 10_000);
      await stack.processes.mongod.stop('SIGKILL');
      await sleep(ms);
      await stack.processes.mongod.start();
      return `for ${ms} ms`;
    },
  },
  {
    name: 'the broker is gone',
    async run({ stack, random }) {
      const ms = random.between(500, 10_000);
      await stack.processes.nats.stop('SIGKILL');
      await sleep(ms);
      await stack.processes.nats.start();
      return `for ${ms} ms`;
    },
  },
  {
    name: 'the volume of the broker is wiped',
    async run({ stack }) {
      await stack.wipeBroker();
      return '';
    },
  },
  {
    name: 'the provider misbehaves',
    async run({ mailbox, random }) {
      const kind = random.pick(PROVIDER_FAULTS);
      const times = random.between(1, 5);
      await mailbox.addFault(kind, { times });
      return `${kind}, ${times} times`;
    },
  },
];
