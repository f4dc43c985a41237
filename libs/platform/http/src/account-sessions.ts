import { createHmac, randomBytes } from 'node:crypto';
import { AccountSession } from './account-session';
import { hostOf } from './http-failure';
import type { HttpCredentials, HttpTrust } from './http-types';
import { OneConnection } from './one-connection';
import { Recent } from './recent';
import { trustKey, type TrustedLines } from './trusted-lines';

export interface SessionsOptions {
  readonly lines: TrustedLines;
  readonly maxSessions: number;
  readonly idleMs: number;
}

/**
 * The sessions of accounts. More connections than `maxSessions` stand only while requests run on them. Who names another
 * password, domain or trust has another session: nobody gets in by what somebody else proved.
 */
export class AccountSessions {
  /** Makes keys that say nothing of the passwords in them. */
  private readonly secret = randomBytes(32);
  private readonly sessions: Recent<AccountSession>;

  constructor(private readonly options: SessionsOptions) {
    this.sessions = new Recent(options.maxSessions, (session) => void session.letGo());
  }

  of(url: URL, credentials: HttpCredentials, trust: HttpTrust | undefined): AccountSession {
    const { user, domain = '', password, schemes } = credentials;
    const account = JSON.stringify([url.origin, user, domain, password, schemes, trustKey(trust)]);
    const key = createHmac('sha256', this.secret).update(account).digest('base64');
    return this.sessions.get(key, () => this.alone(url, trust));
  }

  /** A session that is kept nowhere: whoever asks for it closes it. */
  alone(url: URL, trust: HttpTrust | undefined): AccountSession {
    const { lines, idleMs } = this.options;
    return new AccountSession(() => new OneConnection(url, lines.of(trust, hostOf(url)).connect, idleMs));
  }

  async close(): Promise<void> {
    await Promise.all(this.sessions.takeAll().map((session) => session.letGo()));
  }
}
