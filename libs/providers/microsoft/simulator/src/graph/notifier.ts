import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RecordedExchange } from '@daybook/simulator-kit';

/** What came back from a client's address; null when nothing came in time. */
export interface Echo {
  status: number;
  contentType: string;
  body: string;
}

const PATIENCE = 10_000;
const TRIES = 5;
const FIRST_PAUSE = 500;

/** Posts to the addresses of clients: the handshake before a subscription, and what is told afterwards. */
export class Notifier {
  private readonly timers = new Set<NodeJS.Timeout>();
  private closed = false;

  constructor(private readonly record: (exchange: RecordedExchange) => void) {}

  /** The client must send the token back, as plain text, within ten seconds. */
  handshake(address: string, token: string): Promise<Echo | null> {
    const url = new URL(address);
    url.searchParams.set('validationToken', token);
    return this.post(url, '', 'text/plain; charset=utf-8');
  }

  /** Delivers a batch; server errors are tried again for a while. */
  deliver(address: string, body: string, attempt = 1): void {
    if (this.closed) return;
    void this.post(new URL(address), body, 'application/json; charset=utf-8').then((echo) => {
      const delivered = echo !== null && echo.status < 500;
      if (delivered || this.closed || attempt >= TRIES) return;
      this.later(() => this.deliver(address, body, attempt + 1), FIRST_PAUSE * 2 ** (attempt - 1));
    });
  }

  later(run: () => void, pause: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, pause);
    this.timers.add(timer);
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private post(url: URL, body: string, type: string): Promise<Echo | null> {
    const post = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve) => {
      const request = post(url, { method: 'POST', headers, signal: AbortSignal.timeout(PATIENCE) }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => resolve(null));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode ?? 0;
          this.record({
            request: { method: 'POST', url: url.toString(), headers, body },
            response: { status, headers: response.headers, body: text },
          });
          resolve({ status, contentType: response.headers['content-type'] ?? '', body: text });
        });
      });
      request.on('error', () => resolve(null));
      request.end(body);
    });
  }
}
