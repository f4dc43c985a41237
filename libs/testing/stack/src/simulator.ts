import { z } from 'zod';
import { httpCall, type HttpAnswer } from './http-call';

const eventTime = z.object({
  date: z.string().optional(),
  dateTime: z.string().optional(),
  timeZone: z.string().optional(),
});
const googleEvent = z.looseObject({
  id: z.string(),
  status: z.string(),
  summary: z.string().optional(),
  start: eventTime.optional(),
  end: eventTime.optional(),
  iCalUID: z.string().optional(),
  recurringEventId: z.string().optional(),
  originalStartTime: eventTime.optional(),
  htmlLink: z.string().optional(),
  description: z.string().optional(),
  location: z.string().optional(),
  recurrence: z.array(z.string()).optional(),
  attendees: z.array(z.looseObject({ email: z.string() })).optional(),
});
export type GoogleEvent = z.infer<typeof googleEvent>;
const eventPage = z.object({ items: z.array(googleEvent), nextPageToken: z.string().optional() });
const importReceipt = z.object({
  imported: z.number(),
  unreadable: z.array(z.object({ line: z.number(), reason: z.string() })),
});
const ledger = z.object({
  served: z.array(z.object({ itemId: z.string(), version: z.string() })),
  writes: z.array(z.object({ operation: z.string(), itemId: z.string() })),
  mails: z.array(z.object({ to: z.string(), subject: z.string() })),
});

const PROVIDER = 'google';
const CALENDAR_SCOPE = 'https://www.googleapis.com/auth/calendar';

/** One simulated mailbox: orders go to the control door, changes to the provider's own API, as another client's would. */
export class Simulator {
  private token: string | null = null;

  constructor(
    private readonly addresses: { readonly control: string; readonly google: string },
    readonly email: string,
  ) {}

  /** A new, empty mailbox. */
  async create(): Promise<this> {
    await this.order('POST', '/mailboxes', { provider: PROVIDER, email: this.email });
    return this;
  }

  async importIcs(body: string): Promise<z.infer<typeof importReceipt>> {
    const order = { provider: PROVIDER, email: this.email, format: 'ics', body };
    return importReceipt.parse((await this.order('POST', '/import', order)).json);
  }

  async seed(events: number, seed = 1): Promise<void> {
    await this.order('POST', '/seed', { provider: PROVIDER, email: this.email, events, contacts: 0, seed });
  }

  async addFault(kind: string, more: { times?: number; forMs?: number; ms?: number } = {}): Promise<void> {
    await this.order('POST', '/faults', { provider: PROVIDER, email: this.email, kind, ...more });
  }

  async clearFaults(): Promise<void> {
    await this.order('DELETE', '/faults');
  }

  /** The clock of all simulators; null follows the real one again. */
  async setClock(now: string | null): Promise<void> {
    await this.order('PUT', '/clock', { now });
  }

  async ledger(): Promise<z.infer<typeof ledger>> {
    return ledger.parse((await this.order('GET', `/ledger?provider=${PROVIDER}&email=${this.email}`)).json);
  }

  /** `events.insert`. */
  async insert(event: object): Promise<GoogleEvent> {
    return googleEvent.parse((await this.api('POST', '/events', event)).json);
  }

  /** `events.patch`; the id may be an instance's. */
  async patch(id: string, change: object): Promise<GoogleEvent> {
    return googleEvent.parse((await this.api('PATCH', `/events/${id}`, change)).json);
  }

  /** `events.instances`: the occurrences of a series, by start. */
  async instances(id: string): Promise<GoogleEvent[]> {
    const { items } = eventPage.parse((await this.api('GET', `/events/${id}/instances`)).json);
    return items.sort((a, b) => ((a.start?.dateTime ?? '') < (b.start?.dateTime ?? '') ? -1 : 1));
  }

  /** `events.delete`. */
  async remove(id: string): Promise<void> {
    await this.api('DELETE', `/events/${id}`);
  }

  /** Every page of `events.list`. */
  async events(query: Readonly<Record<string, string>> = {}): Promise<GoogleEvent[]> {
    const items: GoogleEvent[] = [];
    for (let pageToken: string | undefined = ''; pageToken !== undefined;) {
      const search = new URLSearchParams({ maxResults: '2500', ...query, ...(pageToken ? { pageToken } : {}) });
      const page: z.infer<typeof eventPage> = eventPage.parse((await this.api('GET', `/events?${search}`)).json);
      items.push(...page.items);
      pageToken = page.nextPageToken;
    }
    return items;
  }

  /** Ids and titles of all items there are, cancelled ones left out. */
  async find(title: string): Promise<GoogleEvent> {
    const found = (await this.events()).find(({ summary }) => summary === title);
    if (!found) throw new Error(`${this.email} has no event called ${title}`);
    return found;
  }

  private async api(method: string, path: string, json?: unknown, again = true): Promise<HttpAnswer> {
    this.token ??= await this.issueToken();
    const answer = await httpCall(`${this.addresses.google}/calendar/v3/calendars/primary${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}` },
      ...(json === undefined ? {} : { json }),
    });
    if (answer.status === 401 && again) {
      // The clock was moved, or the grant revoked: a new token, once.
      this.token = null;
      return this.api(method, path, json, false);
    }
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  private async issueToken(): Promise<string> {
    const order = { provider: PROVIDER, email: this.email, scope: CALENDAR_SCOPE };
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
