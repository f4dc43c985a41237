import { request } from 'node:http';
import type { RecordedExchange } from '@daybook/simulator-kit';

const PATIENCE = 10_000;
const LONGEST = 64 * 1024;

export type Post = (url: URL, body: string) => Promise<string | null>;

/** Posts to the address of a client; gives back the text of an answer with status 200, null for anything else. */
export const postTo =
  (record: (exchange: RecordedExchange) => void): Post =>
  (url, body) => {
    const headers = {
      'content-type': 'text/xml; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      soapaction: '"http://schemas.microsoft.com/exchange/services/2006/messages/SendNotification"',
    };
    return new Promise((resolve) => {
      const sent = request(url, { method: 'POST', headers, signal: AbortSignal.timeout(PATIENCE) }, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > LONGEST) response.destroy();
          else chunks.push(chunk);
        });
        response.on('close', () => resolve(null));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode ?? 0;
          record({
            request: { method: 'POST', url: url.toString(), headers, body },
            response: { status, headers: response.headers, body: text },
          });
          resolve(status === 200 ? text : null);
        });
      });
      sent.on('error', () => resolve(null));
      sent.end(body);
    });
  };
