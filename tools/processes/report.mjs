/** What a command tells the person in front of it: one place writes to the console, so quiet runs stay quiet. */

/**
 * @param {{ quiet?: boolean, write?: (line: string) => void }} [options]
 * @returns {{ say(line: string): void, warn(line: string): void }} `say` is silent when quiet, `warn` never is
 */
export function createReport({ quiet = false, write = (line) => process.stdout.write(`${line}\n`) } = {}) {
  return {
    say: (line) => {
      if (!quiet) write(line);
    },
    warn: (line) => write(line),
  };
}
