import { challengeToken, ntlmAnswer, ntlmBeginning, withBasic } from './authorization';
import { readChallenges } from './challenges';
import type { Opened, Send } from './exchange';
import { hostOf } from './http-failure';
import type { HttpCredentials } from './http-types';
import { connectionLost, isConnectionLost, type OneConnection } from './one-connection';
import type { Outgoing } from './redirect';
import { toHttpFailure } from './to-http-failure';
import { Turns } from './turns';

export interface SignedRequest {
  readonly outgoing: Outgoing;
  readonly credentials: HttpCredentials;
  /** Its 401 responses have their body read already, so that the connection is free for what follows. */
  readonly send: Send;
  readonly signal: AbortSignal;
}

/**
 * One account at one origin: its connection, and how it signs in there. A password is shown at most once for each request,
 * and so a wrong one is: the 401 to it is the response. Keeps no password.
 */
export class AccountSession {
  private readonly turns = new Turns();
  private connection: OneConnection | null = null;
  private isBasicRight = false;

  constructor(private readonly connect: () => OneConnection) {}

  /** Has the connection to itself until `use` is done, which includes reading the body. */
  async inTurn<T>(signal: AbortSignal, use: () => Promise<T>): Promise<T> {
    const done = await this.turns.take(signal);
    try {
      return await use();
    } finally {
      done();
    }
  }

  /** Closes the connection when everybody who waits had their turn. */
  async letGo(): Promise<void> {
    const done = await this.turns.take();
    this.discard();
    done();
  }

  discard(): void {
    this.connection?.destroy();
    this.connection = null;
  }

  /** In its turn only. */
  open({ outgoing, send }: Pick<SignedRequest, 'outgoing' | 'send'>): Promise<Opened> {
    return this.onLiving(({ dispatcher }) => send(outgoing, dispatcher));
  }

  /** In its turn only. The last response, whatever it is. */
  async openSigned(request: SignedRequest): Promise<Opened> {
    if (this.isBasicRight) return this.basic(request);
    const first = await this.open(request);
    if (first.status !== 401) return first;
    const { schemes, user } = request.credentials;
    const offered = new Set(readChallenges(first.headers['www-authenticate']).map(({ scheme }) => scheme));
    if (schemes.includes('ntlm') && offered.has('ntlm')) return this.ntlm(request);
    // RFC 7617 section 2: what stands before the colon is the name.
    const takesBasic = schemes.includes('basic') && offered.has('basic') && !user.includes(':');
    return takesBasic ? this.basic(request) : { ...first, credentialsWithheld: true };
  }

  private async basic(request: SignedRequest): Promise<Opened> {
    const response = await this.open({ ...request, outgoing: withBasic(request.outgoing, request.credentials) });
    this.isBasicRight = response.status !== 401;
    return response;
  }

  private ntlm(request: SignedRequest): Promise<Opened> {
    return this.onLiving(async (connection) => {
      const begun = await this.begin(connection, request);
      if (begun.status !== 401) return begun;
      const challenge = challengeToken(begun);
      if (challenge === null) return { ...begun, credentialsWithheld: true };
      const answer = ntlmAnswer(request, challenge, connection.channelBinding());
      // Not repeated when it is lost: nobody knows whether the server has judged the password.
      const response = await request.send(answer, connection.dispatcher);
      if (response.status === 401) this.discard();
      return response;
    });
  }

  /** Without a body: the server would throw it away. It does nothing, so a loss on a connection that was open may be mended. */
  private async begin(connection: OneConnection, { outgoing, send, signal }: SignedRequest): Promise<Opened> {
    const wasOpen = connection.isOpen;
    try {
      return await send(ntlmBeginning(outgoing), connection.dispatcher);
    } catch (error) {
      const host = hostOf(outgoing.url);
      const { kind } = toHttpFailure(error, host, { timedOut: false, aborted: signal.aborted });
      throw wasOpen && kind === 'network' ? connectionLost(host) : error;
    }
  }

  /** Once anew where the connection turns out to be closed before the request was sent. */
  private async onLiving(use: (connection: OneConnection) => Promise<Opened>): Promise<Opened> {
    try {
      return await use(this.living());
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      this.discard();
      return use(this.living());
    }
  }

  private living(): OneConnection {
    if (this.connection?.isSpent) this.discard();
    this.connection ??= this.connect();
    return this.connection;
  }
}
