/** A process that carries out orders, one at a time: what is measured and its floor do not share a heap or an event loop. */
import { fork } from 'node:child_process';

/**
 * @param {string} script
 * @param {{ execArgv?: string[], env?: Record<string, string> }} [options]
 * @returns {{ pid: number, order(order: object): Promise<unknown>, end(): Promise<void> }} `order` rejects when the process
 *   could not do it or has died
 */
export function startChild(script, { execArgv = [], env = {} } = {}) {
  const child = fork(script, {
    execArgv,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let waiting = null;
  child.on('message', ({ value, error }) => {
    const { resolve, reject } = waiting;
    waiting = null;
    if (error) reject(new Error(error));
    else resolve(value);
  });
  child.once('exit', (code, signal) => waiting?.reject(new Error(`${script} ended (${signal ?? code})`)));
  return {
    pid: child.pid,
    order: (order) =>
      new Promise((resolve, reject) => {
        if (waiting) throw new Error('one order at a time');
        waiting = { resolve, reject };
        child.send(order, (error) => error && reject(error));
      }),
    end: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

/** The other side: answers each order by `carryOut`. */
export function carryOutOrders(carryOut) {
  process.on('message', (order) => {
    Promise.resolve(carryOut(order)).then(
      (value) => process.send({ value: value ?? {} }),
      (error) => process.send({ error: error.stack ?? String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
