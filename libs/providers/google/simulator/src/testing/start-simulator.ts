import type { EventResource } from '../calendar/event-resource';
import { startGoogleSimulator, type RunningGoogleSimulator, type StartOptions } from '../start-google-simulator';

export const ADA = 'ada@example.com';
export const BEN = 'ben@example.com';
export const CALENDAR_SCOPE = 'https://www.googleapis.com/auth/calendar';
export const NOW = Date.parse('2026-11-22T08:00:00Z');

/** What answers may carry; a spec looks at what it expects. */
export interface AnswerBody extends Partial<EventResource> {
  items?: EventResource[];
  nextPageToken?: string;
  nextSyncToken?: string;
  error?: { code: number; message: string; errors: { domain: string; reason: string; location?: string }[] };
}

export interface CallAnswer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
}

/** A simulator with Ada and Ben in Vienna, and Ada's token. The clock stands still unless it is set. */
export class TestSimulator {
  private constructor(
    readonly running: RunningGoogleSimulator,
    readonly token: string,
  ) {}

  static async start(options: StartOptions = {}): Promise<TestSimulator> {
    const running = await startGoogleSimulator({ clock: { now: () => NOW }, ...options });
    for (const email of [ADA, BEN]) {
      const known = running.control.mailboxes().some((box) => box.email === email);
      if (!known) running.control.createMailbox({ email, timeZone: 'Europe/Vienna' });
    }
    return new TestSimulator(running, running.control.issueToken(ADA, CALENDAR_SCOPE).accessToken);
  }

  get control(): RunningGoogleSimulator['control'] {
    return this.running.control;
  }

  /** Calls a method of Calendar v3: `GET`, `calendars/primary/events?maxResults=3`. */
  async call(
    verb: string,
    path: string,
    { body, headers = {}, token = this.token }: CallOptions = {},
  ): Promise<CallAnswer> {
    const response = await fetch(`${this.running.baseUrl}/calendar/v3/${path}`, {
      method: verb,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  /** `events.list` of Ada's primary calendar. */
  list(parameters: Record<string, string> = {}): Promise<CallAnswer> {
    return this.call('GET', `calendars/primary/events?${new URLSearchParams(parameters).toString()}`);
  }

  insert(event: Record<string, unknown>, parameters: Record<string, string> = {}): Promise<CallAnswer> {
    return this.call('POST', `calendars/primary/events?${new URLSearchParams(parameters).toString()}`, { body: event });
  }

  close(): Promise<void> {
    return this.running.close();
  }
}

/** The reason of a refusal: `[410, 'fullSyncRequired']`. */
export const reasonOf = ({ status, body }: CallAnswer): [number, string | undefined] => [
  status,
  body.error?.errors[0]?.reason,
];

/** A timed event in Vienna. */
export const timed = (summary: string, day: string, hour = '09'): Record<string, unknown> => ({
  summary,
  start: { dateTime: `${day}T${hour}:00:00`, timeZone: 'Europe/Vienna' },
  end: { dateTime: `${day}T${hour}:30:00`, timeZone: 'Europe/Vienna' },
});
