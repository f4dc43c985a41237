import type { XmlElement } from '../wire/element';
import type { SchemaVersion } from './server-version';

/** One request, checked by the schema: who asks, when, and under which headers. */
export interface Call {
  /** Address of the mailbox in whose name is asked: the caller's, or the one that is impersonated. */
  readonly mailbox: string;
  /** Address of whoever signed in. */
  readonly caller: string;
  /** Epoch milliseconds, the same during the whole request. */
  readonly now: number;
  readonly version: SchemaVersion;
  /** `TimeZoneDefinition` of the header `TimeZoneContext`; null without one. */
  readonly timeZone: XmlElement | null;
  /** `en-US`; null when the request names none. */
  readonly culture: string | null;
  /** Where the server can be reached: `https://mail.example.com`. */
  readonly origin: string;
  /** Aborted when nobody waits for the answer any more; absent where that cannot be known. */
  readonly gone?: AbortSignal;
}

/**
 * An operation: the plain tree of a valid request in, the whole answer (`GetFolderResponse`) out.
 * @throws EwsRefusal, which becomes the only response message; EwsFault
 */
export type Operation = (request: XmlElement, call: Call) => XmlElement | Promise<XmlElement>;

/**
 * An operation that answers several times over one connection: each of them becomes an envelope of its own. What `stream` itself throws
 * refuses the request as a whole; what its iterator throws is the last thing that is heard.
 */
export interface StreamedOperation {
  readonly stream: (request: XmlElement, call: Call) => AsyncIterable<XmlElement>;
}

/** By the name of the request element: `GetFolder`, `GetUserAvailabilityRequest`. */
export type Operations = Readonly<Record<string, Operation | StreamedOperation>>;
