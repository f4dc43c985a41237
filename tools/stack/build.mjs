/**
 * Builds what has changed. Beside each result lies a stamp: a hash over the files that went into it, so that a start with
 * nothing changed costs a few milliseconds. Results are put in place by renaming: two starts at once do not disturb each other.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../processes/run-command.mjs';
import { builtApp, root } from './paths.mjs';

const STAMP = 'built-from.json';
const CONFIGS = ['package-lock.json', 'rolldown.config.mjs', 'tsconfig.base.json'];

/** Hash over names and contents; a file that is gone changes it too. */
async function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    hash.update(file);
    hash.update(await readFile(join(root, file)).catch(() => 'gone'));
  }
  return hash.digest('hex');
}

async function isUpToDate(name, result) {
  try {
    const { files, hash } = JSON.parse(await readFile(join(builtApp(name), STAMP), 'utf8'));
    return existsSync(join(builtApp(name), result)) && (await hashOf(files)) === hash;
  } catch {
    return false;
  }
}

const stampOf = async (files) => `${JSON.stringify({ hash: await hashOf(files), files }, null, 1)}\n`;

/** Names relative to the project, so that a moved working copy is still up to date. */
const ours = (ids) =>
  ids
    .map((id) => relative(root, id.replace(/[?\0].*$/, '')))
    .filter((id) => id && !id.startsWith('..') && !id.startsWith(`node_modules${sep}`));

/** Bundles one service into its place. */
export async function buildService(name) {
  const [{ rolldown }, { serviceBundle }] = [await import('rolldown'), await import('../../rolldown.config.mjs')];
  const { output, ...input } = serviceBundle(name);
  const bundle = await rolldown({ ...input, logLevel: 'warn' });
  try {
    const folder = builtApp(name);
    const result = await bundle.generate({ ...output, file: undefined, dir: folder, entryFileNames: 'main.cjs' });
    const chunk = result.output.find(({ type }) => type === 'chunk');
    await mkdir(folder, { recursive: true });
    const files = [...ours(Object.keys(chunk.modules)), ...CONFIGS];
    const written = result.output.map((part) => [part.fileName, part.type === 'chunk' ? part.code : part.source]);
    for (const [fileName, text] of [...written, [STAMP, await stampOf(files)]]) {
      await writeFile(join(folder, `${fileName}.${process.pid}`), text);
      await rename(join(folder, `${fileName}.${process.pid}`), join(folder, fileName));
    }
  } finally {
    await bundle.close();
  }
}

/** In a process of its own: the bundler would stay in the memory of the one that only watches. */
async function buildApart(names) {
  const script = fileURLToPath(new URL('./build-services.mjs', import.meta.url));
  await runCommand(process.execPath, [script, ...names], { cwd: root }).catch((error) => {
    throw new Error(`The services do not build:\n${error.output ?? error.message}`);
  });
}

/** The portal's sources: everything it may import, without its specs. */
async function portalFiles() {
  const files = ['package-lock.json'];
  for (const folder of ['apps/portal', 'libs/contracts/src']) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      const file = relative(root, join(entry.parentPath, entry.name));
      if (entry.isFile() && !/\.spec\.tsx?$/.test(file)) files.push(file);
    }
  }
  return files;
}

async function buildPortal() {
  const folder = builtApp('portal');
  const draft = `${folder}.${process.pid}`;
  const files = await portalFiles();
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join('apps', 'portal', 'vite.config.mjs');
  try {
    await runCommand(process.execPath, [vite, 'build', '-c', config, '--outDir', draft, '--emptyOutDir'], {
      cwd: root,
    });
    await writeFile(join(draft, STAMP), await stampOf(files));
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder).catch(() => cp(draft, folder, { recursive: true }));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * @param {{ services: readonly string[], portal?: boolean, report: ReturnType<typeof import('../processes/report.mjs').createReport> }} given
 * @throws with the compiler's words when one of them does not build
 */
export async function buildChanged({ services, portal = true, report }) {
  const stale = [];
  for (const name of services) if (!(await isUpToDate(name, 'main.cjs'))) stale.push(name);
  const portalStale = portal && !(await portalUpToDate());
  if (stale.length === 0 && !portalStale) return;
  report.say(`Building ${[...stale, ...(portalStale ? ['portal'] : [])].join(', ')} …`);
  const started = Date.now();
  const portalBuilt = portalStale ? buildPortal() : Promise.resolve();
  portalBuilt.catch(() => {});
  if (stale.length > 0) await buildApart(stale);
  await portalBuilt.catch((error) => {
    throw new Error(`The portal does not build:\n${error.output ?? error.message}`);
  });
  report.say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Unlike a bundle's, its list of files is not known from the build: a new file counts as a change. */
async function portalUpToDate() {
  if (!(await isUpToDate('portal', 'index.html'))) return false;
  const { files } = JSON.parse(await readFile(join(builtApp('portal'), STAMP), 'utf8'));
  return JSON.stringify([...files].sort()) === JSON.stringify((await portalFiles()).sort());
}
