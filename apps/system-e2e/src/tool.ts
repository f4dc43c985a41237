import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '@daybook/testing/stack';

const root = join(__dirname, '..', '..', '..');
const INHERITED = ['PATH', 'HOME', 'LANG', 'DAYBOOK_CACHE', 'SANDBOX_RECORD_DIR'];

/** One of the project's commands, run as a person runs it: a process of its own, known by what it prints. */
export class Tool {
  private printed = '';
  private readonly child: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;

  constructor(script: string, args: readonly string[], settings: Readonly<Record<string, string>>) {
    const inherited = Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));
    this.child = spawn(process.execPath, [join(root, 'tools', script), ...args], {
      cwd: root,
      env: { ...inherited, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    }
    // Not `exit`: what it printed last may still be on its way then.
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    });
  }

  /** All lines so far, of both outputs. */
  get lines(): string[] {
    return this.printed.split('\n').filter((line) => line !== '');
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The first group of a line it prints sooner or later. Fails with all it said when it ends before. */
  async says(pattern: RegExp, timeoutMs = 120_000): Promise<string> {
    let over: number | string | null = null;
    void this.ended.then((how) => (over = how));
    const found = await eventually(
      () => {
        const match = pattern.exec(this.printed);
        if (match === null && over === null) throw new Error(`it did not say ${String(pattern)}:\n${this.printed}`);
        return match;
      },
      { timeoutMs },
    );
    if (found === null) throw new Error(`it ended (${String(over)}) without ${String(pattern)}:\n${this.printed}`);
    return found[1] ?? found[0];
  }
}

/** Runs a command to its end. */
export async function runTool(
  script: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<{ code: number | string; lines: string[] }> {
  const tool = new Tool(script, args, settings);
  return { code: await tool.ended, lines: tool.lines };
}
