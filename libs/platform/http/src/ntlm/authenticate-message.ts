import { randomBytes } from 'node:crypto';
import { AvId, writeAvPairs, type AvPairs } from './av-pairs';
import { readChallenge, type Challenge } from './challenge';
import { CLIENT_FLAGS, Flag } from './flags';
import { descriptor, header, uint32, utf16 } from './message-parts';
import { negotiateMessage } from './negotiate-message';
import { hmacMd5, ntlmV2Response, responseKey, type NtlmCredentials } from './ntlm-v2';

export interface NtlmAnswer extends NtlmCredentials {
  /** The server's CHALLENGE_MESSAGE, out of its base64. */
  readonly challenge: Uint8Array;
  readonly workstation?: string;
  /** Sixteen bytes of `channelBindingOf` the certificate of the TLS connection. */
  readonly channelBinding?: Uint8Array;
  /** Service principal name: `HTTP/mail.example.com`. */
  readonly targetName?: string;
}

/** What differs at every call. */
export interface NtlmChance {
  /** Eight bytes. */
  nonce(): Uint8Array;
  /** Epoch milliseconds. */
  now(): number;
}

const SYSTEM: NtlmChance = { nonce: () => randomBytes(8), now: () => Date.now() };

/** Bit of the attribute `flags`: the message carries an integrity code. */
const HAS_MIC = 0x2;
const NO_BINDING = Buffer.alloc(16);
const VERSION_BYTES = 8;
const MIC_OFFSET = 72;
const MIC_BYTES = 16;
const PAYLOAD_OFFSET = MIC_OFFSET + MIC_BYTES;
/** Windows sends zeros where the LM answer stood, MS-NLMP section 3.1.5.1.2: it proves nothing that could be attacked. */
const NO_LM_RESPONSE = Buffer.alloc(24);
const MILLISECONDS_BEFORE_EPOCH = 11_644_473_600_000n;

/**
 * The last message, as NTLMv2 only, to a challenge that answered `negotiateMessage()`. It has an integrity code over all
 * three messages where the server sent its time, which every server since Windows Vista does.
 * @throws NtlmRefusal where only an older answer than NTLMv2 could be given, or the challenge is none
 */
export function authenticateMessage(answer: NtlmAnswer, chance: NtlmChance = SYSTEM): Buffer {
  const challengeBytes = Buffer.from(answer.challenge);
  const challenge = readChallenge(challengeBytes);
  const { response, sessionBaseKey } = ntlmV2Response(responseKey(answer), challenge.serverChallenge, {
    time: challenge.timestamp ?? fileTime(chance.now()),
    nonce: Buffer.from(chance.nonce()),
    attributes: writeAvPairs(attributesOf(answer, challenge)),
  });
  const message = assemble(answer, response, challenge.flags);
  if (challenge.timestamp !== null) {
    hmacMd5(sessionBaseKey, negotiateMessage(), challengeBytes, message).copy(message, MIC_OFFSET);
  }
  return message;
}

/** The server's attributes, and ours laid over them, MS-NLMP section 3.1.5.1.2. */
function attributesOf({ channelBinding, targetName }: NtlmAnswer, { attributes, timestamp }: Challenge): AvPairs {
  const offered = attributes.get(AvId.flags);
  const flags = (offered?.length === 4 ? offered.readUInt32LE() : 0) | (timestamp === null ? 0 : HAS_MIC);
  return new Map([
    ...attributes,
    ...(flags === 0 ? [] : [[AvId.flags, uint32(flags >>> 0)] as const]),
    [AvId.channelBindings, channelBinding === undefined ? NO_BINDING : Buffer.from(channelBinding)],
    [AvId.targetName, utf16(targetName ?? '')],
  ]);
}

function assemble({ user, domain, workstation = '' }: NtlmAnswer, response: Buffer, offered: number): Buffer {
  const noSessionKey = Buffer.alloc(0);
  const payloads = [NO_LM_RESPONSE, response, utf16(domain), utf16(user), utf16(workstation), noSessionKey];
  let offset = PAYLOAD_OFFSET;
  const descriptors = payloads.map((payload) => {
    const one = descriptor(payload, offset);
    offset += payload.length;
    return one;
  });
  const flags = ((CLIENT_FLAGS & offered) | Flag.targetInfo) >>> 0;
  return Buffer.concat([
    header(3),
    ...descriptors,
    uint32(flags),
    Buffer.alloc(VERSION_BYTES + MIC_BYTES),
    ...payloads,
  ]);
}

function fileTime(now: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(Math.trunc(now)) + MILLISECONDS_BEFORE_EPOCH) * 10_000n);
  return bytes;
}
