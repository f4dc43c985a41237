import { pipeline, type Readable, type Transform } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { HttpFailure } from './http-failure';

export const acceptedEncodings = 'gzip, deflate, br';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Reads a response's body to its end, unpacked. `maxBytes` is counted after unpacking, chunk by chunk, so that a small
 * message cannot grow into a large one here. Throws HttpFailure `tooLarge` or `malformed`.
 */
export async function readBody(
  source: Readable,
  encoding: string,
  limit: { maxBytes: number; host: string },
): Promise<Buffer> {
  const { maxBytes, host } = limit;
  // Ending a body early makes it emit an error of its own, after ours.
  source.on('error', () => undefined);
  const decoded = decode(source, encoding, host);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of decoded) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > maxBytes) {
        throw new HttpFailure('tooLarge', host);
      }
      chunks.push(bytes);
    }
  } catch (error) {
    source.destroy();
    throw isZlibError(error) ? new HttpFailure('malformed', host, 'encoding') : error;
  }
  return Buffer.concat(chunks, size);
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
