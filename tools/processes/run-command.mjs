import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

const KEPT_CHARACTERS = 200_000;

/** A command that was not there, failed or took too long; `output` is the end of what it printed. */
export class CommandFailed extends Error {
  constructor(message, output = '', code = null) {
    super(message);
    this.name = 'CommandFailed';
    this.output = output;
    this.code = code;
  }
}

/** The last line of an output that says something: what a person needs of a failure in one line. */
export function lastLine(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.findLast((line) => /error|could not|cannot|failed/i.test(line)) ?? lines.at(-1) ?? '';
}

/** Ends a command and all it started: it leads its own process group where the platform has such a thing. */
function endGroup(child) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

function giveWay({ pid }, priority) {
  try {
    if (pid) setPriority(pid, priority);
  } catch {
    // It has ended already, or the platform does not let us: it runs like any other.
  }
}

/**
 * Runs a command to its end and keeps what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeoutMs?: number, quietMs?: number, priority?: number }} [options]
 *   `timeoutMs` bounds the whole run, `quietMs` the time without a word from it; `priority` as in `os.setPriority`: above 0 it
 *   gives way to others
 * @returns {Promise<string>} standard output and standard error, in the order they came
 * @throws {CommandFailed} not installed, exit code other than 0, or out of time
 */
export function runCommand(command, args, options = {}) {
  const { cwd, env = process.env, timeoutMs = 600_000, quietMs = timeoutMs, priority = 0 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    if (priority > 0) giveWay(child, priority);
    let output = '';
    let outOfTime = null;
    const giveUp = (reason) => () => {
      outOfTime = reason;
      endGroup(child);
    };
    const whole = setTimeout(giveUp(`took longer than ${Math.round(timeoutMs / 1000)} s`), timeoutMs);
    let silence = setTimeout(giveUp(`said nothing for ${Math.round(quietMs / 1000)} s`), quietMs);
    const endWithUs = () => endGroup(child);
    process.once('exit', endWithUs);
    const settle = (act) => {
      clearTimeout(whole);
      clearTimeout(silence);
      process.removeListener('exit', endWithUs);
      act();
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output = (output + text).slice(-KEPT_CHARACTERS);
        silence.refresh();
      });
    }
    child.once('error', (error) =>
      settle(() => reject(new CommandFailed(error.code === 'ENOENT' ? 'not installed' : error.message))),
    );
    child.once('close', (code, signal) =>
      settle(() => {
        if (outOfTime) reject(new CommandFailed(outOfTime, output));
        else if (code === 0) resolve(output);
        else reject(new CommandFailed(lastLine(output) || `ended with ${signal ?? code}`, output, code));
      }),
    );
  });
}
