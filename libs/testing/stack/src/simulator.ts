import { z } from 'zod';
import type { HttpAnswer } from './http-call';
import { SimulatedMailbox, type SimulatorAddresses, type Span } from './simulated-mailbox';

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
const CALENDAR_SCOPE = 'https://www.googleapis.com/auth/calendar';

/** A simulated mailbox at Google: changes go to the provider's own API, as another client's would. */
export class Simulator extends SimulatedMailbox {
  constructor(addresses: SimulatorAddresses, email: string) {
    super(addresses, email, 'google', CALENDAR_SCOPE);
  }

  async occurrences({ from, to }: Span): Promise<string[]> {
    const events = await this.events({ singleEvents: 'true', timeMin: from, timeMax: to });
    return events
      .filter(({ status }) => status !== 'cancelled')
      .map(lineOf)
      .sort();
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

  private api(method: string, path: string, json?: unknown): Promise<HttpAnswer> {
    return this.callApi(method, `${this.addresses.google}/calendar/v3/calendars/primary${path}`, json);
  }
}

function lineOf({ summary, start, end }: GoogleEvent): string {
  const time = (value: GoogleEvent['start']) => value?.date ?? new Date(value?.dateTime ?? Number.NaN).toISOString();
  return `${time(start)} ${time(end)} ${summary ?? ''}`;
}
