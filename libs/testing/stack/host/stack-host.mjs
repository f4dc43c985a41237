/**
 * Holds one whole stack for tests and serves a small control door on loopback, so that every spec file, in whatever
 * process, can kill and restart parts of it. `DAYBOOK_STACK_OPTIONS` (JSON) = `{ home, env }`; one line of JSON is printed
 * when everything answers. The stack ends when the standard input closes, so it never outlives the test run.
 */
import { createServer } from 'node:http';
import { FREE_PORTS, startStack } from '../../../../tools/stack/index.mjs';

const { home, env } = JSON.parse(process.env.DAYBOOK_STACK_OPTIONS ?? '{}');
const started = performance.now();
const inherited = Object.fromEntries(
  ['PATH', 'HOME', 'LANG', 'DAYBOOK_CACHE', 'SANDBOX_RECORD_DIR'].map((name) => [name, process.env[name]]),
);
const stack = await startStack({ home, ports: FREE_PORTS, env: { ...inherited, ...env }, quiet: true });
const readyMs = Math.round(performance.now() - started);

const VERBS = {
  kill: (one) => one.kill('SIGKILL'),
  crash: (one) => one.stop('SIGKILL'),
  stop: (one) => one.stop(),
  start: (one) => one.start(),
  restart: (one) => one.restart(),
};

async function act(path) {
  if (path === '/ready') return stack.ready();
  if (path === '/wipe-broker') return stack.wipeBroker();
  const [, name, verb] = /^\/processes\/([a-z-]+)\/([a-z]+)$/.exec(path) ?? [];
  const one = stack.processes[name];
  if (!one || !VERBS[verb]) throw new Error(`there is no ${path}`);
  return VERBS[verb](one);
}

const server = createServer((request, response) => {
  const answer = (status, value) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  const describe = () => ({
    home: stack.home,
    addresses: stack.addresses,
    run: stack.run,
    readyMs,
    pids: Object.fromEntries(Object.entries(stack.processes).map(([name, { pid }]) => [name, pid])),
  });
  const work = request.method === 'POST' ? act(request.url ?? '') : Promise.resolve();
  work.then(
    () => answer(200, describe()),
    (error) => answer(500, { message: String(error.stack ?? error) }),
  );
});
// Starting something again may take its time, and a busy test that meets a connection just closed sees a dead stack.
server.requestTimeout = 0;
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));

let ending = false;
async function end() {
  if (ending) return;
  ending = true;
  server.closeAllConnections();
  await stack.stop();
  process.exit(0);
}
process.stdin.resume();
process.stdin.once('end', end);
process.stdin.once('error', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
