import { AvId, readAvPairs, type AvPairs } from './av-pairs';
import { Flag, hasFlag } from './flags';
import { isChallenge, payloadAt } from './message-parts';
import { NtlmRefusal } from './ntlm-refusal';

export interface Challenge {
  readonly flags: number;
  /** Eight bytes. */
  readonly serverChallenge: Buffer;
  readonly attributes: AvPairs;
  /** FILETIME as the server sent it; null of servers that send none. */
  readonly timestamp: Buffer | null;
}

/** Where the fields of a CHALLENGE_MESSAGE stand, MS-NLMP section 2.2.1.2. */
const FLAGS = 20;
const SERVER_CHALLENGE = 24;
const TARGET_INFO = 40;
const FIXED_BYTES = 48;
const LARGEST_MESSAGE = 16 * 1024;
const TIMESTAMP_BYTES = 8;

/**
 * Reads the server's message, and refuses servers to which only an older answer than NTLMv2 could be given.
 * @throws NtlmRefusal
 */
export function readChallenge(message: Buffer): Challenge {
  if (message.length > LARGEST_MESSAGE) throw new NtlmRefusal('tooLarge');
  if (message.length < FIXED_BYTES || !isChallenge(message)) throw new NtlmRefusal('malformed');
  const flags = message.readUInt32LE(FLAGS);
  if (!hasFlag(flags, Flag.unicode)) throw new NtlmRefusal('noUnicode');
  if (!hasFlag(flags, Flag.extendedSessionSecurity)) throw new NtlmRefusal('noExtendedSecurity');
  if (!hasFlag(flags, Flag.targetInfo)) throw new NtlmRefusal('noTargetInfo');
  const targetInfo = payloadAt(message, TARGET_INFO);
  if (targetInfo?.length === 0) throw new NtlmRefusal('noTargetInfo');
  const attributes = targetInfo === null ? null : readAvPairs(targetInfo);
  if (attributes === null) throw new NtlmRefusal('malformed');
  const timestamp = attributes.get(AvId.timestamp) ?? null;
  if (timestamp !== null && timestamp.length !== TIMESTAMP_BYTES) throw new NtlmRefusal('malformed');
  const serverChallenge = message.subarray(SERVER_CHALLENGE, SERVER_CHALLENGE + 8);
  return { flags, serverChallenge, attributes, timestamp };
}
