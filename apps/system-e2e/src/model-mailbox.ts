import type { GoogleEvent, GraphEvent, GraphMailbox, SimulatedMailbox, Simulator, Span } from '@daybook/testing/stack';
import { z } from 'zod';

const DAY_MS = 86_400_000;
const DAYS = 4;

/** An event as its provider has it, in words of none. */
export interface EventThere {
  readonly id: string;
  readonly title: string;
  /** An instant in UTC. */
  readonly start: string;
  /** The meeting that it says it stands for; null of one that was made at the provider. */
  readonly marker: string | null;
  /** By what name it was put there. */
  readonly name: string | null;
  /** Of an occurrence: its series, and when it was to start. */
  readonly series: string | null;
  readonly originalStart: string | null;
  /** The provider's page of it. */
  readonly page: string;
}

export interface NewEvent {
  readonly name: string;
  readonly title: string;
  readonly start: Date;
  readonly end: Date;
  /** Four days in a row. */
  readonly series: boolean;
}

/** What somebody does at a provider by hand, and sees there. */
export interface MailboxThere {
  readonly mailbox: SimulatedMailbox;
  put(event: NewEvent): Promise<unknown>;
  rename(id: string, title: string): Promise<unknown>;
  move(id: string, start: Date, end: Date): Promise<unknown>;
  remove(id: string): Promise<unknown>;
  /** Singles and series. */
  wholes(): Promise<EventThere[]>;
  /** Everything that takes place in the span, series expanded. */
  occurrences(span: Span): Promise<EventThere[]>;
}

const inUtc = (at: Date) => ({ dateTime: at.toISOString().slice(0, 19), timeZone: 'UTC' });
const marked = z.object({ extendedProperties: z.object({ private: z.object({ daybookMeeting: z.string() }) }) });

export class GoogleThere implements MailboxThere {
  constructor(readonly mailbox: Simulator) {}

  put({ name, title, start, end, series }: NewEvent): Promise<unknown> {
    const recurrence = series ? { recurrence: [`RRULE:FREQ=DAILY;COUNT=${DAYS}`] } : {};
    return this.mailbox.insert({ id: name, summary: title, start: zoned(start), end: zoned(end), ...recurrence });
  }

  rename(id: string, title: string): Promise<unknown> {
    return this.mailbox.patch(id, { summary: title });
  }

  move(id: string, start: Date, end: Date): Promise<unknown> {
    return this.mailbox.patch(id, { start: zoned(start), end: zoned(end) });
  }

  remove(id: string): Promise<unknown> {
    return this.mailbox.remove(id);
  }

  async wholes(): Promise<EventThere[]> {
    const events = await this.mailbox.events();
    return events.filter(isThere).flatMap((event) => (event.recurringEventId === undefined ? [ofGoogle(event)] : []));
  }

  async occurrences({ from, to }: Span): Promise<EventThere[]> {
    const events = await this.mailbox.events({ singleEvents: 'true', timeMin: from, timeMax: to });
    return events.filter(isThere).map(ofGoogle);
  }
}

const zoned = (at: Date) => ({ dateTime: at.toISOString(), timeZone: 'UTC' });
const isThere = ({ status }: GoogleEvent): boolean => status !== 'cancelled';
const instantOf = (time: GoogleEvent['start']): string => new Date(time?.dateTime ?? Number.NaN).toISOString();

const ofGoogle = (event: GoogleEvent): EventThere => ({
  id: event.id,
  title: event.summary ?? '',
  start: instantOf(event.start),
  marker: marked.safeParse(event).data?.extendedProperties.private.daybookMeeting ?? null,
  name: event.id,
  series: event.recurringEventId ?? null,
  originalStart: event.originalStartTime === undefined ? null : instantOf(event.originalStartTime),
  page: event.htmlLink ?? '',
});

/** What Daybook notes in an event at Microsoft, as JSON. */
const NOTE = 'String {4b1f3c52-7d0a-4e58-9f63-2a6c8d1e90b7} Name DaybookNote';

export class OfficeThere implements MailboxThere {
  constructor(readonly mailbox: GraphMailbox) {}

  put({ name, title, start, end, series }: NewEvent): Promise<unknown> {
    const range = { type: 'numbered', startDate: start.toISOString().slice(0, 10), numberOfOccurrences: DAYS };
    const recurrence = series ? { recurrence: { pattern: { type: 'daily', interval: 1 }, range } } : {};
    const times = { start: inUtc(start), end: inUtc(end) };
    return this.mailbox.insert({ transactionId: name, subject: title, ...times, ...recurrence });
  }

  rename(id: string, title: string): Promise<unknown> {
    return this.mailbox.patch(id, { subject: title });
  }

  move(id: string, start: Date, end: Date): Promise<unknown> {
    return this.mailbox.patch(id, { start: inUtc(start), end: inUtc(end) });
  }

  remove(id: string): Promise<unknown> {
    return this.mailbox.remove(id);
  }

  async wholes(): Promise<EventThere[]> {
    const expand = `singleValueExtendedProperties($filter=id eq '${NOTE}')`;
    return (await this.mailbox.list({ $expand: expand })).map(ofGraph);
  }

  async occurrences(span: Span): Promise<EventThere[]> {
    return (await this.mailbox.view(span)).map(ofGraph);
  }
}

const noted = z.object({ singleValueExtendedProperties: z.array(z.object({ value: z.string() })) });
const note = z.object({ meeting: z.string() });
const graphFacts = z.object({
  transactionId: z.string().nullish(),
  seriesMasterId: z.string().nullish(),
  originalStart: z.string().nullish(),
});

function ofGraph(event: GraphEvent): EventThere {
  const { transactionId = null, seriesMasterId = null, originalStart } = graphFacts.parse(event);
  const [property] = noted.safeParse(event).data?.singleValueExtendedProperties ?? [];
  return {
    id: event.id,
    title: event.subject,
    start: new Date(`${event.start.dateTime.slice(0, 19)}Z`).toISOString(),
    marker: property === undefined ? null : (note.safeParse(JSON.parse(property.value)).data?.meeting ?? null),
    name: transactionId ?? null,
    series: seriesMasterId ?? null,
    originalStart: originalStart === undefined || originalStart === null ? null : new Date(originalStart).toISOString(),
    page: event.webLink,
  };
}

/** From now as far as providers are asked for. */
export const ahead = (): Span => ({
  from: new Date().toISOString(),
  to: new Date(Date.now() + 300 * DAY_MS).toISOString(),
});
