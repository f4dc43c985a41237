import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);
/** Below this a compressed copy saves nothing worth a second file. */
const SMALLEST = 1024;

/** Writes `.br` and `.gz` beside each text file of a build, so that the gateway serves them without work of its own. */
export function precompress() {
  let folder = '';
  return {
    name: 'daybook:precompress',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    async closeBundle() {
      for (const file of await textFiles(folder)) await compress(file);
    },
  };
}

async function textFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && TEXT.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function compress(file) {
  if ((await stat(file)).size < SMALLEST) return;
  const content = await readFile(file);
  const [small, wide] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, small), writeFile(`${file}.gz`, wide)]);
}
