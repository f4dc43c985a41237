import { CLIENT_FLAGS } from './flags';
import { descriptor, header, uint32 } from './message-parts';

const NOTHING = Buffer.alloc(0);
const VERSION_BYTES = 8;
const END_OF_MESSAGE = 40;

/**
 * The first message: what this client can do, and neither domain nor workstation (MS-NLMP section 2.2.1.1).
 * It is always the same, which the integrity code of the last message relies on.
 */
export function negotiateMessage(): Buffer {
  const empty = descriptor(NOTHING, END_OF_MESSAGE);
  return Buffer.concat([header(1), uint32(CLIENT_FLAGS), empty, empty, Buffer.alloc(VERSION_BYTES)]);
}
