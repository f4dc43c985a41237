import { problemSchema } from '@daybook/contracts';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';

const PIECE = Buffer.alloc(64 * 1024, 0x61);
/** Nobody takes more than this; a server that does is found out by it. */
const MOST = 200_000_000;

export interface Poured {
  /** `413 body_too_large`; or `cut off`, where the end of the connection was faster than the answer. */
  readonly answer: string;
  /** Bytes that were handed over until then. */
  readonly poured: number;
}

/** Posts a body that names no length and does not end by itself, as fast as it is taken, until it is refused. */
export function pourInto(url: string, headers: Readonly<Record<string, string>>): Promise<Poured> {
  return new Promise((resolve, reject) => {
    let poured = 0;
    let over = false;
    const outgoing = request(url, { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' } });
    const end = (answer: string): void => {
      over = true;
      outgoing.destroy();
      resolve({ answer, poured });
    };
    outgoing.on('response', (response) => {
      over = true;
      json(response)
        .then((body) => end(`${response.statusCode} ${problemSchema.parse(body).code}`))
        .catch(reject);
    });
    // A server that closes while pieces are on their way resets the connection, and the answer may be lost with it.
    outgoing.on('error', () => (over ? undefined : end('cut off')));
    const pour = (): void => {
      while (!over && poured < MOST) {
        poured += PIECE.length;
        if (!outgoing.write(PIECE)) return void outgoing.once('drain', pour);
      }
      if (!over) outgoing.end();
    };
    pour();
  });
}
