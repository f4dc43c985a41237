import { createLogger, type Logger } from '@daybook/platform/logging';

/** A real logger whose lines a test can read. */
export function loggerWithLines(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', level: 'debug', destination: { write: (line) => lines.push(line) } });
  return { logger, lines };
}

/** The address of a server the test runner provides. */
export function serverUrl(variable: 'NATS_URL' | 'MONGODB_URI'): string {
  const url = process.env[variable];
  if (!url) {
    throw new Error(`${variable} is not set: integration tests need real servers`);
  }
  return url;
}

/** Asks until `probe` gives something, for at most `ms`. */
export async function eventually<T>(probe: () => T | Promise<T>, ms = 10_000): Promise<NonNullable<T>> {
  const end = performance.now() + ms;
  for (;;) {
    const found = await probe();
    if (found) {
      return found;
    }
    if (performance.now() > end) {
      throw new Error('it did not happen in time');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
