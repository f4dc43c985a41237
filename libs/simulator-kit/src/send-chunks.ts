import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/**
 * Sends texts as they come, after a first one; returns all that was handed to the connection. Ends when the texts do or when the
 * client goes away. What the iterator throws drops the connection.
 */
export async function sendChunks(
  first: string,
  chunks: AsyncIterable<string>,
  response: ServerResponse,
): Promise<string> {
  const sent: string[] = [];
  const gone = new Promise<null>((resolve) => response.once('close', () => resolve(null)));
  const write = async (text: string): Promise<void> => {
    sent.push(text);
    if (text !== '' && !response.write(text)) await Promise.race([once(response, 'drain'), gone]);
  };
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    response.flushHeaders();
    await write(first);
    for (;;) {
      const next = await Promise.race([iterator.next(), gone]);
      if (next === null || next.done === true) break;
      await write(next.value);
    }
    response.end();
  } catch {
    response.destroy();
  } finally {
    // Not awaited: an iterator that waits for its next text hears of it only after that.
    iterator.return?.().catch(() => undefined);
  }
  return sent.join('');
}
