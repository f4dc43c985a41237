import { pipeline, type Readable, type Transform } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { HttpFailure } from './http-failure';

export const acceptedEncodings = 'gzip, deflate, br';

/**
 * Each piece is a trip to another thread and back, and one that does not fit waits for its reader: in the usual pieces of 16 kB
 * that was a third of what reading a long page costs.
 */
const PIECES = { chunkSize: 64 * 1024, readableHighWaterMark: 256 * 1024 };

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(PIECES),
  'x-gzip': () => createGunzip(PIECES),
  deflate: () => createInflate(PIECES),
  br: () => createBrotliDecompress(PIECES),
};

export interface BodyLimit {
  readonly maxBytes: number;
  readonly host: string;
}

/** Reads a response's body to its end, as `unpacked` gives it. */
export async function readBody(source: Readable, encoding: string, limit: BodyLimit): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of unpacked(source, encoding, limit)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * A response's body, unpacked, as it comes. `maxBytes` is counted after unpacking, chunk by chunk, so that a small
 * message cannot grow into a large one here. Throws HttpFailure `tooLarge` or `malformed`.
 */
export async function* unpacked(source: Readable, encoding: string, limit: BodyLimit): AsyncGenerator<Buffer> {
  const { maxBytes, host } = limit;
  // Ending a body early makes it emit an error of its own, after ours.
  source.on('error', () => undefined);
  let size = 0;
  let isWhole = false;
  try {
    for await (const chunk of decode(source, encoding, host)) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > maxBytes) {
        throw new HttpFailure('tooLarge', host);
      }
      yield bytes;
    }
    isWhole = true;
  } catch (error) {
    throw isZlibError(error) ? new HttpFailure('malformed', host, 'encoding') : error;
  } finally {
    if (!isWhole) source.destroy();
  }
}

function decode(source: Readable, encoding: string, host: string): Readable {
  const names = encoding.split(',').map((name) => name.trim().toLowerCase());
  return names
    .filter((name) => name !== '' && name !== 'identity')
    .reverse()
    .reduce<Readable>((stream, name) => {
      const decoder = decoders[name];
      if (!decoder) {
        source.destroy();
        throw new HttpFailure('malformed', host, 'encoding');
      }
      // The callback takes the error that reading `decoder` throws as well.
      return pipeline(stream, decoder(), () => undefined);
    }, source);
}

function isZlibError(error: unknown): boolean {
  return isNativeError(error) && 'code' in error && /^(Z_|ERR__?BROTLI|ERR_BROTLI)/.test(String(error.code));
}
