import { Table, type Journal, type JournalLine, type JournalPart } from '@daybook/simulator-kit';
import type { SignInScheme } from './auth/sign-in-setting';
import type { StreamingSetting } from './notifications/streaming/streaming-setting';
import type { ServerName } from './soap/server-version';

/** How an administrator has set the server up. */
export interface ServerSettings {
  /** Which server it says it is; that limits what requests may ask for, too. */
  readonly version: ServerName;
  /** What it offers to people who sign in, in this order; nothing else is taken. */
  readonly signIn: readonly SignInScheme[];
  /**
   * What becomes of clients that say on which TLS connection they believe to speak (NTLM only): nobody looks, a wrong one is refused,
   * or none is refused, too.
   */
  readonly extendedProtection: 'none' | 'allow' | 'require';
  /** Addresses of accounts that may act in the name of every mailbox. */
  readonly impersonators: readonly string[];
  /** What becomes of answers that stay open, on the server or on the way to its clients. */
  readonly streaming: StreamingSetting;
}

/** Integrated sign-in first, as servers are set up; `Negotiate` is for who asks for it, as Kerberos is not spoken here. */
const DEFAULTS: ServerSettings = {
  version: 'SE',
  signIn: ['NTLM', 'Basic'],
  extendedProtection: 'allow',
  impersonators: [],
  streaming: 'open',
};

const KEY = 'current';

/** The settings in force; they survive a restart. */
export class SettingsBook implements JournalPart {
  private readonly table: Table<ServerSettings>;

  constructor(
    journal: () => Journal,
    private readonly given: Partial<ServerSettings> = {},
  ) {
    this.table = new Table('ews-server', journal);
  }

  get current(): ServerSettings {
    return { ...DEFAULTS, ...this.given, ...this.table.get(KEY) };
  }

  change(change: Partial<ServerSettings>): void {
    this.table.set(KEY, { ...this.current, ...change });
  }

  restore(line: JournalLine): boolean {
    if (line[0] !== this.table.name) return false;
    this.table.restore(line);
    return true;
  }

  get size(): number {
    return this.table.size;
  }

  lines(): Iterable<JournalLine> {
    return this.table.lines();
  }

  /** Back to what the server was started with. */
  clear(): void {
    this.table.clear();
  }
}
