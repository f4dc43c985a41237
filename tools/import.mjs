/** `npm run import -- FILE --to EMAIL [--provider google|microsoft|exchange]`: an export of one's own calendar into a simulated mailbox. */
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readUtf8Lines } from './import/utf8-lines.mjs';
import { withEnvFile } from './stack/env-file.mjs';
import { root } from './stack/paths.mjs';
import { runningStack } from './stack/running-stack.mjs';
import { readSettings } from './stack/settings.mjs';

/** Largest order the simulators take, which is the file as JSON: a little more than the file itself. */
const MOST_BYTES = 128 * 1024 * 1024;
const FORMATS = { '.ics': 'ics', '.vcf': 'vcf' };
const USAGE = 'Usage: npm run import -- FILE --to EMAIL [--provider google|microsoft|exchange]';

const say = (line) => process.stdout.write(`${line}\n`);

/** A fault of the one who runs the command: shown without a stack. */
class Refused extends Error {}

function readArguments() {
  try {
    const options = { to: { type: 'string' }, provider: { type: 'string', default: 'google' } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length !== 1 || !values.to) throw new Refused(USAGE);
    return { file: positionals[0], email: values.to, provider: values.provider };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${error.message}\n${USAGE}`);
  }
}

const refuseOver = (bytes, file) => {
  if (bytes > MOST_BYTES) throw new Refused(`${file} makes an order of ${bytes} bytes; the limit is ${MOST_BYTES}`);
};

async function readOrder({ file, email, provider }) {
  const format = FORMATS[extname(file).toLowerCase()];
  if (!format) throw new Refused(`${file}: only .ics and .vcf files can be imported`);
  const { size } = await stat(file).catch(() => {
    throw new Refused(`${file} cannot be read`);
  });
  refuseOver(size, file);
  const { text, unreadable } = readUtf8Lines(await readFile(file));
  const order = Buffer.from(JSON.stringify({ provider, email, format, body: text }));
  refuseOver(order.length, file);
  return { order, unreadable };
}

async function controlAddress() {
  const { home, ports } = readSettings(withEnvFile(process.env, join(root, '.env')), root);
  return (await runningStack(home))?.control ?? `http://localhost:${ports.control}`;
}

async function post(address, order) {
  const answer = await fetch(`${address}/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: order,
    signal: AbortSignal.timeout(120_000),
  }).catch(() => {
    throw new Refused(`The simulators do not answer at ${address}. Start Daybook first: npm start`);
  });
  const text = await answer.text();
  let reply;
  try {
    reply = JSON.parse(text);
  } catch {
    reply = {};
  }
  if (!answer.ok)
    throw new Refused(reply.detail ?? reply.error ?? reply.message ?? `The simulators answered ${answer.status}`);
  return reply;
}

try {
  const wanted = readArguments();
  const { order, unreadable: misspelt } = await readOrder(wanted);
  const receipt = await post(await controlAddress(), order);
  const { imported } = receipt;
  const unreadable = [...misspelt, ...receipt.unreadable].sort((one, other) => one.line - other.line);
  for (const { line, reason } of unreadable) say(`line ${line}: ${reason}`);
  say(`${imported} imported into ${wanted.email}, ${unreadable.length} unreadable`);
  process.exitCode = imported === 0 && unreadable.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Refused ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
