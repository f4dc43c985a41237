import {
  connectedSchema,
  connectionSchema,
  listOf,
  meetingSchema,
  type Connection,
  type Meeting,
} from '@daybook/contracts';
import { z } from 'zod';
import { eventually } from './eventually';
import { httpCall, type HttpAnswer, type HttpOrder } from './http-call';

const signedIn = z.object({
  accessToken: z.string(),
  expiresIn: z.number(),
  user: z.object({ id: z.string(), email: z.string() }),
});
const meetingPage = listOf(meetingSchema);

/** Somebody at the REST door, signed in with the password of the demo people. */
export class Person {
  private constructor(
    readonly gateway: string,
    readonly id: string,
    readonly email: string,
    readonly accessToken: string,
    /** `name=value` of the refresh cookie. */
    readonly refreshCookie: string,
  ) {}

  static async signIn(gateway: string, email: string, password = 'daybook'): Promise<Person> {
    const answer = await httpCall(`${gateway}/v1/auth/sign-in`, { method: 'POST', json: { email, password } });
    if (answer.status !== 200) throw new Error(`sign-in of ${email}: ${answer.status} ${answer.text}`);
    const { accessToken, user } = signedIn.parse(answer.json);
    const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    return new Person(gateway, user.id, user.email, accessToken, cookie);
  }

  /** Any call with this person's bearer. */
  call(path: string, order: HttpOrder = {}): Promise<HttpAnswer> {
    const headers = { authorization: `Bearer ${this.accessToken}`, ...order.headers };
    return httpCall(`${this.gateway}${path}`, { ...order, headers });
  }

  /** Reads what must be there, in the shape of the contract. */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.expecting(200, schema, path);
  }

  /** A call whose success is part of the test's way, not its point. */
  async expecting<T>(status: number, schema: z.ZodType<T>, path: string, order: HttpOrder = {}): Promise<T> {
    const answer = await this.call(path, order);
    if (answer.status !== status) {
      throw new Error(`${order.method ?? 'GET'} ${path}: ${answer.status} instead of ${status}: ${answer.text}`);
    }
    return schema.parse(answer.json);
  }

  /** Begins a connection to the given service and gives it with the page to open. */
  async connect(
    service: string,
    calendar: 'read' | 'readWrite' = 'read',
  ): Promise<{ id: string; authorizeUrl: string }> {
    const json = { service, method: 'oauth2', permissions: { calendar, contacts: 'none' } };
    const { connection, authorizeUrl } = await this.expecting(201, connectedSchema, '/v1/connections', {
      method: 'POST',
      json,
    });
    return { id: connection.id, authorizeUrl: authorizeUrl ?? '' };
  }

  connection(id: string): Promise<Connection> {
    return this.get(`/v1/connections/${id}`, connectionSchema);
  }

  async connections(): Promise<Connection[]> {
    return (await this.get('/v1/connections', listOf(connectionSchema))).items;
  }

  /** Waits until a connection has a state. */
  until(id: string, state: Connection['state'], timeoutMs = 30_000): Promise<Connection> {
    return eventually(
      async () => {
        const connection = await this.connection(id);
        if (connection.state !== state) throw new Error(`connection is ${JSON.stringify(connection)}, not ${state}`);
        return connection;
      },
      { timeoutMs },
    );
  }

  /** Every page of `GET /v1/meetings` with this query. */
  async meetings(query: Readonly<Record<string, string>> = {}): Promise<Meeting[]> {
    const items: Meeting[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const search = new URLSearchParams({ limit: '500', ...query, ...(cursor === '' ? {} : { cursor }) });
      const page: z.infer<typeof meetingPage> = await this.get(`/v1/meetings?${search}`, meetingPage);
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  }
}
