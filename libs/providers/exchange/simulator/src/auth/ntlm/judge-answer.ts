import { timingSafeEqual } from 'node:crypto';
import type { AuthenticateMessage, NtlmV2Response } from './authenticate-message';
import { AV_FLAG_MIC, AvId } from './av-pairs';
import { bindingFits, type ExtendedProtection } from './channel-binding';
import { hasFlag, NtlmFlag } from './flags';
import { hmacMd5, proofOf, responseKey, sessionBaseKey } from './ntlm-v2';
import { rc4 } from './rc4';

/** The two messages before an answer, as they went over the wire. */
export interface Asked {
  readonly negotiate: Buffer;
  readonly challenge: Buffer;
  readonly serverChallenge: Buffer;
}

/** `wrongPassword` is the only verdict that says so; the others are about the messages. */
export type Verdict = 'right' | 'wrongPassword' | 'olderDialect' | 'changedOnTheWay' | 'otherConnection';

const MIC_OFFSET = 72;
const MIC_BYTES = 16;
const KEY_BYTES = 16;

/** Whether an answer shows that the client knows the password, MS-NLMP section 3.2.5.1.2. */
export function judgeAnswer(
  answer: AuthenticateMessage,
  asked: Asked,
  { password, protection }: { readonly password: string; readonly protection?: ExtendedProtection | undefined },
): Verdict {
  const { response } = answer;
  if (response === null) return 'olderDialect';
  const key = responseKey({ user: answer.user, domain: answer.domain, password });
  if (!timingSafeEqual(response.proof, proofOf(key, asked.serverChallenge, response.temp))) return 'wrongPassword';
  if (promisesMic(response) && !micFits(answer, asked, sessionBaseKey(key, response.proof))) return 'changedOnTheWay';
  return bindingFits(response.pairs, protection) ? 'right' : 'otherConnection';
}

function promisesMic({ pairs }: NtlmV2Response): boolean {
  const flags = pairs.get(AvId.flags);
  return flags !== undefined && flags.length === 4 && hasFlag(flags.readUInt32LE(), AV_FLAG_MIC);
}

function micFits(answer: AuthenticateMessage, { negotiate, challenge }: Asked, baseKey: Buffer): boolean {
  if (answer.bytes.length < MIC_OFFSET + MIC_BYTES) return false;
  const unsigned = Buffer.from(answer.bytes);
  unsigned.fill(0, MIC_OFFSET, MIC_OFFSET + MIC_BYTES);
  const mic = hmacMd5(exportedKey(answer, baseKey), negotiate, challenge, unsigned);
  return timingSafeEqual(answer.bytes.subarray(MIC_OFFSET, MIC_OFFSET + MIC_BYTES), mic);
}

function exportedKey({ flags, encryptedSessionKey }: AuthenticateMessage, baseKey: Buffer): Buffer {
  const exchanged = hasFlag(flags, NtlmFlag.keyExchange) && encryptedSessionKey.length === KEY_BYTES;
  return exchanged ? rc4(baseKey, encryptedSessionKey) : baseKey;
}
