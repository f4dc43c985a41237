/**
 * The same texts in pieces of so many signs at most, so that borders fall inside of tags and attributes. Each text is sent to its end
 * before the next one is waited for: a client that reads on has lost nothing.
 */
export async function* inPieces(texts: AsyncIterable<string>, length: number): AsyncIterable<string> {
  for await (const text of texts) {
    for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
  }
}
