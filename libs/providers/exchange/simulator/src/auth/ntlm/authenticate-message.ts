import { readAvPairs } from './av-pairs';
import { hasFlag, NtlmFlag } from './flags';
import { payloadAt } from './message';

/** What follows the proof in an NTLMv2 answer, and the proof itself. */
export interface NtlmV2Response {
  readonly proof: Buffer;
  /** The client's challenge with everything around it, as it was signed. */
  readonly temp: Buffer;
  readonly pairs: ReadonlyMap<number, Buffer>;
}

export interface AuthenticateMessage {
  readonly bytes: Buffer;
  readonly flags: number;
  readonly domain: string;
  readonly user: string;
  /** Null of an answer in an older dialect (LM, NTLMv1, NTLM2 session) or of nobody. */
  readonly response: NtlmV2Response | null;
  readonly encryptedSessionKey: Buffer;
}

/** Where the fields of an AUTHENTICATE_MESSAGE stand, MS-NLMP section 2.2.1.3. */
const NT_RESPONSE = 20;
const DOMAIN = 28;
const USER = 36;
const SESSION_KEY = 52;
const FLAGS = 60;
const FIXED_BYTES = 64;
const PROOF_BYTES = 16;
/** Of the client's challenge: types, reserved bytes, time, nonce, reserved again; then the attributes. */
const TEMP_HEADER = 28;

/** The parts of an AUTHENTICATE_MESSAGE whose signature and type are known to be right; null when it is none. */
export function readAuthenticate(bytes: Buffer): AuthenticateMessage | null {
  if (bytes.length < FIXED_BYTES) return null;
  const flags = bytes.readUInt32LE(FLAGS);
  const ntResponse = payloadAt(bytes, NT_RESPONSE);
  const domain = payloadAt(bytes, DOMAIN);
  const user = payloadAt(bytes, USER);
  const encryptedSessionKey = payloadAt(bytes, SESSION_KEY);
  if (ntResponse === null || domain === null || user === null || encryptedSessionKey === null) return null;
  const encoding = hasFlag(flags, NtlmFlag.unicode) ? 'utf16le' : 'latin1';
  return {
    bytes,
    flags,
    domain: domain.toString(encoding),
    user: user.toString(encoding),
    response: readResponse(ntResponse),
    encryptedSessionKey,
  };
}

function readResponse(bytes: Buffer): NtlmV2Response | null {
  const temp = bytes.subarray(PROOF_BYTES);
  if (temp.length < TEMP_HEADER || temp[0] !== 1 || temp[1] !== 1) return null;
  const pairs = readAvPairs(temp.subarray(TEMP_HEADER));
  return pairs === null ? null : { proof: bytes.subarray(0, PROOF_BYTES), temp, pairs };
}
