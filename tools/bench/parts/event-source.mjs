/** A reader of server-sent events that notes when each block arrived, to the moment: both chains are read by the same one. */

/**
 * @param {string} url
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ next(matches: (block: string) => boolean): Promise<number>, close(): void }>} open once something has come;
 *   `next` gives the moment (`performance.now()`) of the first block from now on that matches
 */
export async function openEventSource(url, headers = {}) {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = null;
  let rest = (await reader.read()).value;

  const read = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const at = performance.now();
      const blocks = (rest + part.value).split('\n\n');
      rest = blocks.pop();
      if (waiting && blocks.some(waiting.matches)) {
        waiting.resolve(at);
        waiting = null;
      }
    }
  };
  const ended = (error) => waiting?.reject(error ?? new Error(`${url} ended`));
  read().then(ended, ended);
  return {
    next: (matches) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${url}: nothing came`)), 30_000);
        waiting = {
          matches,
          resolve: (at) => (clearTimeout(timer), resolve(at)),
          reject,
        };
      }),
    close: () => leaving.abort(),
  };
}
