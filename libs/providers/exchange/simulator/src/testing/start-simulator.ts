import { Agent, request, type IncomingMessage } from 'node:http';
import { clientAuthenticate, clientNegotiate } from '../auth/testing/ntlm-client';
import { allOf } from '../http/testing/exchange-bench';
import { startExchangeSimulator, type RunningExchangeSimulator, type StartOptions } from '../start-exchange-simulator';
import { readXml, type ReadElement } from '../wire/read-xml';

export const ADA = 'ada@example.com';
export const BEN = 'ben@example.com';
export const NOW = Date.parse('2026-11-22T08:00:00Z');

const NAMES =
  'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';

/** One operation as a client sends it. */
export const envelope = (operation: string, version = 'Exchange2013_SP1'): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope ${NAMES}><s:Header><t:RequestServerVersion Version="${version}"/></s:Header><s:Body>${operation}</s:Body></s:Envelope>`;

export interface WebReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface SoapReply extends WebReply {
  /** The body's only element. */
  readonly body: ReadElement;
}

interface Credentials {
  readonly user?: string;
  readonly password?: string;
}

export const basic = ({ user = ADA, password = 'daybook' }: Credentials = {}): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** A simulator with two mailboxes, asked over its socket. The clock stands still unless it is set. */
export class TestSimulator {
  private constructor(
    readonly running: RunningExchangeSimulator,
    /** Faults of the simulator itself; a spec that finds any has found one. */
    readonly bugs: readonly unknown[],
  ) {}

  static async start(options: StartOptions = {}): Promise<TestSimulator> {
    const bugs: unknown[] = [];
    const onBug = (error: unknown): void => void bugs.push(error);
    const running = await startExchangeSimulator({ clock: { now: () => NOW }, onBug, ...options });
    const known = running.control.mailboxes().map(({ email }) => email);
    for (const email of [ADA, BEN]) {
      if (!known.includes(email)) running.control.createMailbox({ email, timeZone: 'Europe/Vienna' });
    }
    return new TestSimulator(running, bugs);
  }

  get control(): RunningExchangeSimulator['control'] {
    return this.running.control;
  }

  async web(path: string, init: RequestInit = {}): Promise<WebReply> {
    const response = await fetch(`${this.running.baseUrl}${path}`, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** An envelope to the web services; without sign-in when `authorization` is null. */
  post(body: string, authorization: string | null = basic()): Promise<WebReply> {
    const own = authorization === null ? {} : { authorization };
    return this.web('/EWS/Exchange.asmx', {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', ...own },
      body,
    });
  }

  /** One operation, signed in by Basic, and what comes back. */
  async ask(operation: string, credentials: Credentials = {}, version?: string): Promise<SoapReply> {
    const reply = await this.post(envelope(operation, version), basic(credentials));
    const body = readXml(reply.text).children.find(({ name }) => name === 'Body')?.children[0];
    if (body === undefined) throw new Error(`No body: ${reply.text}`);
    return { ...reply, body };
  }

  close(): Promise<void> {
    return this.running.close();
  }
}

/** A client that signs in by NTLM on one connection, as programs on Windows do. */
export class NtlmClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly baseUrl: string,
    private readonly credentials: Credentials = {},
  ) {}

  /** Status of the three legs, the last one with the operation in it. */
  async signIn(operation: string): Promise<readonly number[]> {
    const { user = ADA, password = 'daybook' } = this.credentials;
    const bare = await this.send('', null);
    const asked = await this.send('', `NTLM ${clientNegotiate().toString('base64')}`);
    const [, text = ''] = /^NTLM (.+)$/.exec(asked.challenge) ?? [];
    const answer = clientAuthenticate(Buffer.from(text, 'base64'), { user, domain: '', password, mic: true });
    const last = await this.send(operation, `NTLM ${answer.toString('base64')}`);
    return [bare.status, asked.status, last.status];
  }

  /** An operation on the same connection, without an Authorization header. */
  async again(operation: string): Promise<number> {
    return (await this.send(operation, null)).status;
  }

  close(): void {
    this.agent.destroy();
  }

  private send(operation: string, authorization: string | null): Promise<{ status: number; challenge: string }> {
    const own = authorization === null ? {} : { authorization };
    const headers = { 'content-type': 'text/xml; charset=utf-8', ...own };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${this.baseUrl}/EWS/Exchange.asmx`,
        { agent: this.agent, method: 'POST', headers },
        (response: IncomingMessage) => {
          const challenge = response.headers['www-authenticate'] ?? '';
          response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, challenge }));
        },
      );
      outgoing.on('error', reject).end(operation === '' ? '' : envelope(operation));
    });
  }
}

/** Texts of all elements of a name. */
export const textsIn = ({ body }: Pick<SoapReply, 'body'>, name: string): string[] =>
  allOf(body, name).map(({ text }) => text);
