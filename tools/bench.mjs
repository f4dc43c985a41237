/**
 * `npm run bench`: every file of `tools/bench`, by name; `--only NAME` (more than once if need be). Each exports
 *
 *   export const bench = { name, summary, async run({ say, env }) { return { name?, …numbers, limit?, within? }[] } }
 *
 * where a measurement with a limit says by `within` whether it kept it. Results go to `bench-results.json`.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareModules } from './embedded/modules.mjs';
import { createReport } from './processes/report.mjs';
import { root } from './stack/paths.mjs';

const report = createReport();
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });

async function findBenches() {
  const folder = join(root, 'tools', 'bench');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.mjs') && !file.endsWith('.spec.mjs')).sort();
  const benches = [];
  for (const file of files) benches.push((await import(`./bench/${file}`)).bench);
  const unknown = (values.only ?? []).filter((name) => !benches.some((bench) => bench.name === name));
  const names = benches.map(({ name }) => name).join(', ');
  if (unknown.length > 0) throw new Error(`There is no bench called ${unknown.join(', ')}. There are: ${names}`);
  return benches.filter(({ name }) => !values.only || values.only.includes(name));
}

function tell(measurement) {
  const { measure, limit, within, ...numbers } = measurement;
  const mark = within === undefined ? ' ' : within ? '✓' : '✗';
  const told = Object.entries(numbers).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  report.say(`  ${mark} ${measure}: ${told.join(', ')}${limit === undefined ? '' : ` (limit ${limit})`}`);
}

async function runBench(bench) {
  report.say(`${bench.name}: ${bench.summary}`);
  const started = Date.now();
  const result = { name: bench.name, summary: bench.summary, measurements: [], seconds: 0 };
  try {
    result.measurements = await bench.run({ say: report.say, env: process.env });
    result.measurements.forEach(tell);
  } catch (error) {
    result.error = error.message;
    report.warn(`  ✗ ${error.stack}`);
  }
  result.seconds = Math.round((Date.now() - started) / 1000);
  return result;
}

try {
  await prepareModules({ root, report });
  const results = [];
  for (const bench of await findBenches()) results.push(await runBench(bench));
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryMb: Math.round(totalmem() / 1024 ** 2),
    node: process.version,
  };
  const record = { at: new Date().toISOString(), machine, results };
  await writeFile(join(root, 'bench-results.json'), `${JSON.stringify(record, null, 2)}\n`);
  const missed = results.flatMap(({ measurements }) => measurements).filter(({ within }) => within === false);
  const broken = results.filter(({ error }) => error);
  report.say(
    `${results.length} benches, ${missed.length} limits missed, ${broken.length} broken; see bench-results.json`,
  );
  process.exit(missed.length + broken.length > 0 ? 1 : 0);
} catch (error) {
  report.warn(error.message);
  process.exit(1);
}
