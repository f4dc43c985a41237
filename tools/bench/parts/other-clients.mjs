/**
 * Clients that others wrote, to compare with: kept in the cache beside the servers, so that nobody who only builds the project installs
 * them. Each is fetched once, in one fixed version, from the registry of its language.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedExecutable, cacheFolder, fillEntry } from '../../embedded/cache.mjs';
import { onPath } from '../../embedded/on-path.mjs';
import { lastLine, runCommand } from '../../processes/run-command.mjs';

const EWS_JAVASCRIPT_API = '0.15.3';
const EXCHANGELIB = '5.6.0';
const TIMEOUT_MS = 300_000;

/** @returns {Promise<string>} the folder whose `node_modules` holds the library */
export async function ewsJavascriptApi(env) {
  return obtained(env, `ews-javascript-api-${EWS_JAVASCRIPT_API}`, async (staging) => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const wanted = `ews-javascript-api@${EWS_JAVASCRIPT_API}`;
    const rules = ['--prefix', staging, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
    await runCommand(npm, ['install', ...rules, wanted], { cwd: staging, timeoutMs: TIMEOUT_MS });
    return join('node_modules', 'ews-javascript-api', 'package.json');
  });
}

/** @returns {Promise<string>} a Python that knows the library */
export async function exchangelib(env) {
  return obtained(env, `exchangelib-${EXCHANGELIB}`, async (staging) => {
    const python = onPath(['python3', 'python']);
    if (!python) throw new Error('there is no Python on the PATH');
    const folder = join(staging, 'python');
    await mkdir(folder);
    await runCommand(python, ['-m', 'venv', folder], { timeoutMs: TIMEOUT_MS });
    const own = join(folder, ...OWN_PYTHON);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `exchangelib==${EXCHANGELIB}`];
    await runCommand(own, pip, { timeoutMs: TIMEOUT_MS });
    return join('python', ...OWN_PYTHON);
  });
}

const OWN_PYTHON = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];

async function obtained(env, name, fill) {
  const cache = cacheFolder(env);
  const kept = await cachedExecutable(cache, name);
  if (kept) return kept;
  try {
    return await fillEntry(cache, name, fill);
  } catch (error) {
    const reason = lastLine(error.output ?? '') || error.message;
    throw new Error(`${name} cannot be had here, so nothing can be compared with it: ${reason}`);
  }
}
