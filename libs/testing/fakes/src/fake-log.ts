import type { ProviderLog } from '@daybook/provider-port';

export interface LoggedLine {
  readonly level: 'warn' | 'debug';
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** Keeps what an adapter logs, so that a test can say what must not be in it. */
export class FakeLog implements ProviderLog {
  readonly lines: LoggedLine[] = [];

  warn(fields: LoggedLine['fields'], message: string): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  debug(fields: LoggedLine['fields'], message: string): void {
    this.lines.push({ level: 'debug', message, fields });
  }
}
