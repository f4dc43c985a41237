import type { Socket } from 'node:net';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { Client, type buildConnector } from 'undici';
import { hostOf, HttpFailure } from './http-failure';
import { channelBindingOf } from './ntlm';

const LOST = 'connection_lost';

/** The connection was gone before anything of a request was sent on it. */
export function connectionLost(host: string): HttpFailure {
  return new HttpFailure('network', host, LOST);
}

export function isConnectionLost(error: unknown): boolean {
  return error instanceof HttpFailure && error.code === LOST;
}

/**
 * A client that connects once in its life, because what NTLM agrees on is worth nothing on another connection. After the
 * end of its connection every request fails with `connectionLost`, unsent. One request at a time.
 */
export class OneConnection {
  readonly dispatcher: Client;
  private socket: Socket | null = null;
  private isBegun = false;

  constructor(origin: URL, open: buildConnector.connector, idleMs: number) {
    this.dispatcher = new Client(origin.origin, {
      connect: (options, callback) => {
        if (this.isBegun) {
          callback(connectionLost(hostOf(origin)), null);
          return;
        }
        this.isBegun = true;
        this.open(open, options, callback);
      },
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: idleMs,
      // A server's hint that is no longer than this makes the client close after each response, thus between two legs.
      keepAliveTimeoutThreshold: 500,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  get isOpen(): boolean {
    return this.socket !== null && !this.socket.destroyed && this.socket.writable;
  }

  get isSpent(): boolean {
    return this.isBegun && !this.isOpen;
  }

  /** What ties an answer to this connection; undefined over plain http. */
  channelBinding(): Buffer | undefined {
    // Not `getPeerX509Certificate`: it knows nothing any more when a server asks a second time on one connection.
    const shown: Partial<PeerCertificate> = this.socket instanceof TLSSocket ? this.socket.getPeerCertificate() : {};
    return shown.raw && channelBindingOf(shown.raw);
  }

  destroy(): void {
    void this.dispatcher.destroy();
  }

  private open(
    open: buildConnector.connector,
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): void {
    open(options, (...result) => {
      const [error, socket] = result;
      if (error === null) this.socket = socket;
      callback(...result);
    });
  }
}
