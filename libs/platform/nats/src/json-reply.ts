/** An answer that is JSON text already, e.g. kept from a database: it is sent as it is, without parsing and writing again. */
export class JsonReply {
  constructor(readonly text: string | Buffer) {}
}

export function jsonReply(text: string | Buffer): JsonReply {
  return new JsonReply(text);
}
