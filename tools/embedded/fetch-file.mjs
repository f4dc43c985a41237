import { createWriteStream } from 'node:fs';
import { get } from 'node:https';
import { pipeline } from 'node:stream/promises';

const CONNECT_MS = 5_000;
const SILENCE_MS = 20_000;
const MAX_REDIRECTS = 5;

/**
 * Opens an https address. A host that does not answer is given up after five seconds, so that the next source gets its turn.
 * @param {string} url
 * @param {{ method?: 'GET' | 'HEAD' }} [options]
 * @returns {Promise<import('node:http').IncomingMessage>} the answer after redirects, status 200
 */
export function openUrl(url, { method = 'GET' } = {}, redirects = 0) {
  return new Promise((resolve, reject) => {
    const request = get(url, { method, agent: false });
    const unreachable = setTimeout(() => request.destroy(new Error('could not connect within 5 s')), CONNECT_MS);
    request.setTimeout(SILENCE_MS, () => request.destroy(new Error(`no answer for ${SILENCE_MS / 1000} s`)));
    request.once('socket', (socket) => socket.once('secureConnect', () => clearTimeout(unreachable)));
    request.once('close', () => clearTimeout(unreachable));
    request.once('error', reject);
    request.once('response', (response) => {
      const { statusCode, headers } = response;
      if (statusCode === 200) return resolve(response);
      response.resume();
      if (statusCode >= 300 && statusCode < 400 && headers.location && redirects < MAX_REDIRECTS) {
        return resolve(openUrl(new URL(headers.location, url).href, { method }, redirects + 1));
      }
      return reject(new Error(`the server answered ${statusCode}`));
    });
  });
}

/** Downloads to `target`. A stream cut short is an error, never a shorter file. */
export async function fetchFile(url, target) {
  const response = await openUrl(url);
  const expected = Number(response.headers['content-length'] ?? Number.NaN);
  let received = 0;
  response.on('data', (chunk) => (received += chunk.length));
  await pipeline(response, createWriteStream(target));
  if (!Number.isNaN(expected) && received !== expected) throw new Error(`got ${received} of ${expected} bytes`);
}

/** @returns {Promise<string>} the body as text */
export async function fetchText(url) {
  const response = await openUrl(url);
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}
