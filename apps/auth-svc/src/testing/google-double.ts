import { createServer, type IncomingMessage, type Server } from 'node:http';

/** Just enough of Google's sign-in over http to drive a whole leg: a page that is skipped, tokens, who it is, revoking. */
export class GoogleDouble {
  readonly revoked: string[] = [];
  readonly exchanged: URLSearchParams[] = [];
  scope = 'openid email profile https://www.googleapis.com/auth/calendar.readonly';
  baseUrl = '';
  private readonly codes = new Set<string>();
  private server: Server | null = null;
  private count = 0;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      void readBody(request).then((body) => {
        const { status, reply } = this.answer(new URL(request.url ?? '', this.baseUrl), new URLSearchParams(body));
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    this.baseUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    this.server = server;
  }

  /** As if the person had clicked: where their browser goes next. */
  consent(authorizeAddress: string): string {
    const { searchParams } = new URL(authorizeAddress);
    const code = `code-${(this.count += 1)}`;
    this.codes.add(code);
    const back = new URL(searchParams.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ state: searchParams.get('state') ?? '', code }).toString();
    return back.toString();
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer(url: URL, form: URLSearchParams): { status: number; reply: unknown } {
    if (url.pathname.endsWith('/userinfo')) {
      return { status: 200, reply: { sub: '1001', email: 'ada@google.example', name: 'Ada' } };
    }
    if (url.pathname.endsWith('/revoke')) {
      this.revoked.push(form.get('token') ?? '');
      return { status: 200, reply: {} };
    }
    this.exchanged.push(form);
    if (!this.codes.delete(form.get('code') ?? '')) return { status: 400, reply: { error: 'invalid_grant' } };
    const tokens = { access_token: `access-${this.count}`, refresh_token: `refresh-${this.count}` };
    return { status: 200, reply: { ...tokens, token_type: 'Bearer', expires_in: 3599, scope: this.scope } };
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
