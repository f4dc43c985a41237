import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { challengeMessage, judge, nameIn, type Asked } from './ntlm-judge';

export interface Heard {
  /** Number of the connection, from 1. */
  readonly connection: number;
  readonly leg: 'none' | 'negotiate' | 'authenticate' | 'basic';
  readonly body: string;
}

export interface SignInSetting {
  /** `DOMAIN\user` (or `\user`) and the password. */
  accounts: Record<string, string>;
  /** Values of WWW-Authenticate. */
  challenges: string[];
  tls?: { cert: string; key: string };
  /** Asks with every request anew, as IIS does where it is told to (`authPersistSingleRequest`). */
  asksAlways?: boolean;
  /** Answers instead when it gives true. */
  before?: (heard: Heard, response: ServerResponse) => boolean;
  /** For whoever is known. */
  answer?: (response: ServerResponse, who: string, request: IncomingMessage) => void;
}

/** Asks for NTLM and Basic as IIS does: whoever proved NTLM on a connection is known there without saying more. */
export class SignInServer {
  readonly heard: Heard[] = [];
  /** Of every answer to a challenge. */
  readonly verdicts: string[] = [];
  host = '';
  url = '';
  private readonly server: Server;
  private readonly numbers = new WeakMap<Socket, number>();
  private readonly asked = new WeakMap<Socket, Asked>();
  private readonly known = new WeakMap<Socket, string>();
  private readonly sockets: Socket[] = [];

  constructor(readonly setting: SignInSetting) {
    const listener = (request: IncomingMessage, response: ServerResponse) => void this.serve(request, response);
    this.server = setting.tls ? createSecureServer(setting.tls, listener) : createServer(listener);
    this.server.on(setting.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.sockets.push(socket);
      this.numbers.set(socket, this.sockets.length);
    });
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    this.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    this.url = `${this.setting.tls ? 'https' : 'http'}://${this.host}`;
    return this;
  }

  /** Shows another certificate from the next connection on. */
  renew(tls: { readonly cert: string; readonly key: string }): void {
    if (this.server instanceof SecureServer) this.server.setSecureContext(tls);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** As `leg@connection`, in their order. */
  get legs(): string[] {
    return this.heard.map(({ leg, connection }) => `${leg}@${connection}`);
  }

  get connections(): number {
    return this.sockets.length;
  }

  get openConnections(): number {
    return this.sockets.filter((socket) => !socket.destroyed).length;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { socket } = request;
    const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
    const message = Buffer.from(token, 'base64');
    const legs = { '': 'none', Basic: 'basic', NTLM: message[8] === 1 ? 'negotiate' : 'authenticate' } as const;
    const leg = legs[scheme as keyof typeof legs];
    const heard = { connection: this.numbers.get(socket) ?? 0, leg, body: Buffer.concat(chunks).toString() };
    this.heard.push(heard);
    if (this.setting.before?.(heard, response)) return;
    if (leg === 'negotiate') {
      const challenge = challengeMessage(randomBytes(8));
      this.asked.set(socket, { negotiate: message, challenge });
      response.writeHead(401, { 'www-authenticate': `NTLM ${challenge.toString('base64')}` }).end('half');
      return;
    }
    const who = leg === 'authenticate' ? this.byNtlm(socket, message) : this.byName(leg, message, socket);
    if (who === null) response.writeHead(401, { 'www-authenticate': this.setting.challenges }).end('who are you?');
    else if (this.setting.answer) this.setting.answer(response, who, request);
    else response.end(JSON.stringify({ who, body: heard.body }));
  }

  private byNtlm(socket: Socket, message: Buffer): string | null {
    const asked = this.asked.get(socket);
    const who = nameIn(message);
    const { accounts, tls } = this.setting;
    const verdict = asked ? judge(message, asked, { password: accounts[who] ?? '', cert: tls?.cert }) : 'unasked';
    this.verdicts.push(verdict);
    this.asked.delete(socket);
    if (verdict !== 'right') return null;
    if (!this.setting.asksAlways) this.known.set(socket, who);
    return who;
  }

  private byName(leg: Heard['leg'], message: Buffer, socket: Socket): string | null {
    if (leg === 'none') return this.known.get(socket) ?? null;
    const [name = '', password = ''] = message.toString().split(':');
    const who = name.includes('\\') ? name : `\\${name}`;
    this.verdicts.push(this.setting.accounts[who] === password ? 'right' : 'password');
    return this.setting.accounts[who] === password ? who : null;
  }
}
