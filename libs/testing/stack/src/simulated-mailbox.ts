import { z } from 'zod';
import { httpCall, type HttpAnswer } from './http-call';

const importReceipt = z.object({
  imported: z.number(),
  unreadable: z.array(z.object({ line: z.number(), reason: z.string() })),
});
const ledger = z.object({
  served: z.array(z.object({ itemId: z.string(), version: z.string() })),
  writes: z.array(z.object({ operation: z.string(), itemId: z.string() })),
  mails: z.array(z.object({ to: z.string(), subject: z.string() })),
});

export type MailboxLedger = z.infer<typeof ledger>;

export interface SimulatorAddresses {
  readonly control: string;
  readonly google: string;
  readonly microsoft: string;
  readonly exchange: string;
}

/** A stretch of time, as instants in ISO form. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** One simulated mailbox of any provider: what the control door takes for it. */
export abstract class SimulatedMailbox {
  private token: string | null = null;

  constructor(
    protected readonly addresses: SimulatorAddresses,
    readonly email: string,
    private readonly provider: 'google' | 'microsoft' | 'exchange',
    /** Of the tokens with which this test changes the mailbox, as another client would. */
    private readonly scope: string,
    readonly password = 'daybook',
  ) {}

  /** Every occurrence in a stretch of time, expanded by the provider itself: one line of start, end and title for each, sorted. */
  abstract occurrences(span: Span): Promise<string[]>;

  /** A new, empty mailbox. */
  async create(): Promise<this> {
    const { provider, email, password } = this;
    await this.order('POST', '/mailboxes', { provider, email, password });
    return this;
  }

  async importIcs(body: string): Promise<z.infer<typeof importReceipt>> {
    const order = { provider: this.provider, email: this.email, format: 'ics', body };
    return importReceipt.parse((await this.order('POST', '/import', order)).json);
  }

  async seed(events: number, seed = 1): Promise<void> {
    await this.order('POST', '/seed', { provider: this.provider, email: this.email, events, contacts: 0, seed });
  }

  async addFault(kind: string, more: { times?: number; forMs?: number; ms?: number } = {}): Promise<void> {
    await this.order('POST', '/faults', { provider: this.provider, email: this.email, kind, ...more });
  }

  async clearFaults(): Promise<void> {
    await this.order('DELETE', '/faults');
  }

  /** The clock of all simulators; null follows the real one again. */
  async setClock(now: string | null): Promise<void> {
    await this.order('PUT', '/clock', { now });
  }

  async ledger(): Promise<MailboxLedger> {
    return ledger.parse((await this.order('GET', `/ledger?provider=${this.provider}&email=${this.email}`)).json);
  }

  /** A call of the provider's own API. */
  protected async callApi(method: string, url: string, json?: unknown, again = true): Promise<HttpAnswer> {
    this.token ??= await this.issueToken();
    const answer = await httpCall(url, {
      method,
      headers: { authorization: `Bearer ${this.token}` },
      ...(json === undefined ? {} : { json }),
    });
    if (answer.status === 401 && again) {
      // The clock was moved, or the grant revoked: a new token, once.
      this.token = null;
      return this.callApi(method, url, json, false);
    }
    if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
    return answer;
  }

  private async issueToken(): Promise<string> {
    const order = { provider: this.provider, email: this.email, scope: this.scope };
    return z.object({ accessToken: z.string() }).parse((await this.order('POST', '/tokens', order)).json).accessToken;
  }

  private async order(method: string, path: string, json?: unknown): Promise<HttpAnswer> {
    const timeoutMs = 120_000;
    const body = json === undefined ? {} : { json };
    const answer = await httpCall(`${this.addresses.control}${path}`, { method, timeoutMs, ...body });
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  }
}
