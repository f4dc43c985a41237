/**
 * One server or service: started, watched, restarted when it dies, ended on request. Each leads a process group of its own,
 * so that Ctrl-C reaches only the command itself, which then ends the others in their order.
 */
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unwatch, watch } from './warden-client.mjs';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;
const HEALTHY_AFTER_MS = 30_000;
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

export class ManagedProcess {
  #child = null;
  #wanted = false;
  #delay = FIRST_DELAY_MS;
  #timer = null;
  #logStart = 0;

  /**
   * @param {object} spec
   * @param {string} spec.name
   * @param {string} spec.command
   * @param {string[]} spec.args
   * @param {Record<string, string>} spec.env the whole environment, nothing is inherited
   * @param {string} spec.logFile both outputs go there, appended
   * @param {number} [spec.patienceMs] from the polite signal to the hard one
   * @param {(event: { name: string, how: string, delayMs: number }) => void} [spec.onDied] told before each restart
   * @param {() => Promise<void>} [spec.ready] resolves when the started process serves
   */
  constructor(spec) {
    const { patienceMs = 10_000, onDied = () => {}, ready = async () => {} } = spec;
    this.spec = { ...spec, patienceMs, onDied, ready };
  }

  get name() {
    return this.spec.name;
  }

  /** @returns {number | null} null while it is down */
  get pid() {
    return this.#child?.pid ?? null;
  }

  /** Starts it and waits until it serves. A process that dies while starting is an error with the end of its log. */
  async start() {
    this.#wanted = true;
    const child = this.#spawn();
    const died = new Promise((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`${this.name} ended at start (${signal ?? code})`)));
    });
    died.catch(() => {});
    try {
      await Promise.race([this.spec.ready(), died]);
    } catch (error) {
      this.#wanted = false;
      clearTimeout(this.#timer);
      await this.stop();
      throw new Error(`${error.message}\n${await this.logTail()}`);
    }
  }

  #spawn() {
    const { name, command, args, env, cwd, logFile } = this.spec;
    mkdirSync(dirname(logFile), { recursive: true });
    rotate(logFile);
    const log = openSync(logFile, 'a', 0o600);
    this.#logStart = fstatSync(log).size;
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    const started = Date.now();
    this.#child = child;
    if (child.pid) watch(child.pid);
    const gone = (how) => {
      if (this.#child !== child) return;
      if (child.pid) unwatch(child.pid);
      this.#child = null;
      if (!this.#wanted) return;
      if (Date.now() - started > HEALTHY_AFTER_MS) this.#delay = FIRST_DELAY_MS;
      this.spec.onDied({ name, how, delayMs: this.#delay });
      this.#timer = setTimeout(() => this.#wanted && this.#spawn(), this.#delay);
      this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY_MS);
    };
    child.once('error', (error) => gone(error.message));
    child.once('exit', (code, signal) => gone(signal ?? `code ${code}`));
    return child;
  }

  /** Sends a signal and waits for the end. As in production, it is started again after a moment. */
  async kill(signal = 'SIGKILL') {
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    this.#signal(child, signal);
    await gone;
  }

  /** Ends it and leaves it down until `start`. */
  async stop(signal = 'SIGTERM') {
    this.#wanted = false;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const hard = setTimeout(() => this.#signal(child, 'SIGKILL'), this.spec.patienceMs);
    this.#signal(child, signal);
    await gone;
    clearTimeout(hard);
  }

  async restart() {
    await this.stop();
    this.#delay = FIRST_DELAY_MS;
    await this.start();
  }

  #signal(child, signal) {
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch {
      child.kill(signal);
    }
  }

  /** What it has printed since it was last started. */
  async output() {
    const bytes = await readFile(this.spec.logFile).catch(() => Buffer.alloc(0));
    return bytes.subarray(this.#logStart).toString('utf8');
  }

  /** The end of its log, for messages about its death. */
  async logTail(lines = 15) {
    const text = await readFile(this.spec.logFile, 'utf8').catch(() => '');
    return text.trimEnd().split('\n').slice(-lines).join('\n');
  }
}

/** One older log is kept; the limit keeps a service that fails in a loop from filling the disk. */
function rotate(logFile) {
  try {
    if (statSync(logFile).size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
  } catch {
    // There is no log yet.
  }
}
