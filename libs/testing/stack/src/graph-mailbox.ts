import { z } from 'zod';
import type { HttpAnswer } from './http-call';
import { SimulatedMailbox, type SimulatorAddresses, type Span } from './simulated-mailbox';

const time = z.object({ dateTime: z.string(), timeZone: z.string() });
const graphEvent = z.looseObject({
  id: z.string(),
  subject: z.string(),
  isAllDay: z.boolean(),
  type: z.string(),
  start: time,
  end: time,
  webLink: z.string(),
  body: z.looseObject({ content: z.string() }),
  location: z.looseObject({ displayName: z.string() }),
  attendees: z.array(z.looseObject({ emailAddress: z.looseObject({ address: z.string() }) })),
});
export type GraphEvent = z.infer<typeof graphEvent>;
const page = z.looseObject({ value: z.array(graphEvent), '@odata.nextLink': z.string().optional() });

const SCOPES = 'User.Read Calendars.ReadWrite';

/** A simulated mailbox at Microsoft: changes go to Graph, as another client's would. Times of answers are UTC. */
export class GraphMailbox extends SimulatedMailbox {
  constructor(addresses: SimulatorAddresses, email: string) {
    super(addresses, email, 'microsoft', SCOPES);
  }

  async occurrences({ from, to }: Span): Promise<string[]> {
    return (await this.view({ from, to })).map(lineOf).sort();
  }

  /** What takes place in the default calendar, series expanded. */
  view({ from, to }: Span): Promise<GraphEvent[]> {
    const query = new URLSearchParams({ startDateTime: from, endDateTime: to, $top: '500' });
    return this.all(`/me/calendarView?${query}`);
  }

  /** Singles and series. */
  list(query: Readonly<Record<string, string>> = {}): Promise<GraphEvent[]> {
    return this.all(`/me/events?${new URLSearchParams({ $top: '500', ...query })}`);
  }

  /** A new event of the default calendar. */
  async insert(event: object): Promise<GraphEvent> {
    return graphEvent.parse((await this.api('POST', '/me/events', event)).json);
  }

  /** The id may be an occurrence's. */
  async patch(id: string, change: object): Promise<GraphEvent> {
    return graphEvent.parse((await this.api('PATCH', `/me/events/${id}`, change)).json);
  }

  async remove(id: string): Promise<void> {
    await this.api('DELETE', `/me/events/${id}`);
  }

  /** The occurrences of a series in a stretch of time, by start. */
  async instances(id: string, { from, to }: Span): Promise<GraphEvent[]> {
    const query = new URLSearchParams({ startDateTime: from, endDateTime: to, $top: '500' });
    const items = await this.all(`/me/events/${id}/instances?${query}`);
    return items.sort((one, other) => (one.start.dateTime < other.start.dateTime ? -1 : 1));
  }

  /** Singles and series with this subject. */
  async named(subject: string): Promise<GraphEvent[]> {
    return (await this.list()).filter((event) => event.subject === subject);
  }

  private async all(path: string): Promise<GraphEvent[]> {
    const items: GraphEvent[] = [];
    for (let next: string | undefined = `${this.root}${path}`; next !== undefined;) {
      const read: z.infer<typeof page> = page.parse((await this.callApi('GET', next)).json);
      items.push(...read.value);
      next = read['@odata.nextLink'];
    }
    return items;
  }

  private api(method: string, path: string, json?: unknown): Promise<HttpAnswer> {
    return this.callApi(method, `${this.root}${path}`, json);
  }

  private get root(): string {
    return `${this.addresses.microsoft}/v1.0`;
  }
}

function lineOf({ subject, isAllDay, start, end }: GraphEvent): string {
  const shown = ({ dateTime }: GraphEvent['start']) =>
    isAllDay ? dateTime.slice(0, 10) : new Date(`${dateTime.slice(0, 19)}Z`).toISOString();
  return `${shown(start)} ${shown(end)} ${subject}`;
}
