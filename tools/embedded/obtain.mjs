import { runCommand } from '../processes/run-command.mjs';

/** Nothing was left to try: the message says what to install and which variable to set. */
export class NothingLeft extends Error {
  constructor(label, refusals, advice) {
    super([`${label} could not be obtained.`, ...refusals.map((line) => `  - ${line}`), advice].join('\n'));
    this.name = 'NothingLeft';
  }
}

/**
 * Walks the sources in their order; the first that gives a working executable wins.
 * @param {object} wanted
 * @param {string} wanted.label what a person calls it
 * @param {{ name: string, slow?: boolean, find(): Promise<string | undefined> }[]} wanted.sources `find` answers a path,
 *   nothing where the source does not apply here, or throws when it was refused; `slow` ones are announced
 * @param {(path: string) => Promise<string>} wanted.check runs the executable, answers its version, throws when it is of no use
 * @param {string} wanted.advice what to install, which variable to set
 * @returns {Promise<{ path: string, version: string, source: string }>}
 * @throws {NothingLeft}
 */
export async function obtain({ label, sources, check, advice, report }) {
  const refusals = [];
  for (const { name, slow = false, find } of sources) {
    try {
      if (slow) report.say(`${label}: trying ${name} …`);
      const path = slow ? await withSignsOfLife(label, name, report, find) : await find();
      if (!path) continue;
      const version = await check(path);
      if (slow) report.say(`${label}: ${version} from ${name}`);
      return { path, version, source: name };
    } catch (error) {
      refusals.push(`${name}: ${error.message}`);
      if (slow) report.say(`${label}: ${name} did not work (${error.message})`);
    }
  }
  throw new NothingLeft(label, refusals, advice);
}

/** A line every fifteen seconds while a source is at work: silence would look like a hang. */
export async function withSignsOfLife(label, what, report, act) {
  const started = Date.now();
  const tell = () => report.say(`${label}: ${what}, still working (${Math.round((Date.now() - started) / 1000)} s) …`);
  const timer = setInterval(tell, 15_000);
  try {
    return await act();
  } finally {
    clearInterval(timer);
  }
}

/**
 * A check by `--version`: the executable runs here and is new enough.
 * @param {RegExp} pattern first group is the dotted version
 * @param {[number, number]} minimum major, minor
 */
export function versionCheck(pattern, minimum) {
  return async (path) => {
    const output = await runCommand(path, ['--version'], { timeoutMs: 20_000 });
    const version = pattern.exec(output)?.[1];
    if (!version) throw new Error('it does not say its version');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const enough = major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
    if (!enough) throw new Error(`version ${version} is older than ${minimum.join('.')}`);
    return version;
  };
}
