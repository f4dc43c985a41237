import { createServer, type IncomingMessage } from 'node:http';
import type { HookReading, HookRequest } from '@daybook/provider-port';

/** An address that provider simulators can call. Calls wait here until they are asked for; handshakes are answered at once. */
export interface HookInbox {
  readonly address: string;
  /** The oldest call not yet taken that fits; rejects after five seconds without one. */
  next(fits?: (call: HookRequest) => boolean): Promise<HookRequest>;
  close(): Promise<void>;
}

const PATIENCE_MS = 5000;

export async function openHookInbox(
  read: (call: HookRequest) => HookReading = () => ({ type: 'unreadable', answer: { status: 204 } }),
): Promise<HookInbox> {
  const calls: HookRequest[] = [];
  let arrived: () => void = () => undefined;
  const server = createServer((request, response) => {
    readCall(request).then((call) => {
      const { type, answer } = read(call);
      if (type === 'handshake') {
        response.writeHead(answer.status, { 'content-type': answer.contentType ?? 'text/plain' }).end(answer.body);
        return;
      }
      calls.push(call);
      response.writeHead(204).end();
      arrived();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the inbox has no port');

  async function next(fits: (call: HookRequest) => boolean = () => true): Promise<HookRequest> {
    for (;;) {
      const index = calls.findIndex(fits);
      const [call] = index < 0 ? [] : calls.splice(index, 1);
      if (call) return call;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no call came')), PATIENCE_MS);
        arrived = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  return {
    address: `http://127.0.0.1:${bound.port}/hooks`,
    next,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readCall(request: IncomingMessage): Promise<HookRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? '/', 'http://inbox');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? 'GET',
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}
