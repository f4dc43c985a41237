import { AV_FLAG_MIC, AvId, readAvPairs, writeAvPairs } from '../ntlm/av-pairs';
import { NtlmFlag } from '../ntlm/flags';
import { descriptorOf, messageHeader, payloadAt } from '../ntlm/message';
import { hmacMd5, proofOf, responseKey, sessionBaseKey } from '../ntlm/ntlm-v2';
import { rc4 } from '../ntlm/rc4';

export interface ClientAnswer {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
  readonly oem?: boolean;
  readonly mic?: boolean;
  readonly keyExchange?: boolean;
  readonly binding?: Buffer;
  /** Of an older dialect: an answer without a client's challenge. */
  readonly ntResponse?: Buffer;
}

const FIXED_BYTES = 88;
const MIC_OFFSET = 72;
const COMMON = NtlmFlag.ntlm | NtlmFlag.requestTarget | NtlmFlag.extendedSessionSecurity;
const CLIENT_CHALLENGE = Buffer.alloc(8, 0xaa);
const SESSION_KEY = Buffer.alloc(16, 0x55);

/** A NEGOTIATE_MESSAGE without domain and workstation. */
export function clientNegotiate({ oem = false, keyExchange = false } = {}): Buffer {
  return Buffer.concat([messageHeader(1), uint32(flagsOf({ oem, keyExchange })), Buffer.alloc(24)]);
}

/** An AUTHENTICATE_MESSAGE in answer to a challenge that followed a `clientNegotiate` with the same choices. */
export function clientAuthenticate(challenge: Buffer, answer: ClientAnswer): Buffer {
  const offered = readAvPairs(payloadAt(challenge, 40) ?? Buffer.alloc(0)) ?? new Map<number, Buffer>();
  const temp = tempOf(offered, answer);
  const key = responseKey(answer);
  const proof = proofOf(key, challenge.subarray(24, 32), temp);
  const baseKey = sessionBaseKey(key, proof);
  const message = assemble(answer, {
    ntResponse: answer.ntResponse ?? Buffer.concat([proof, temp]),
    encryptedKey: answer.keyExchange ? rc4(baseKey, SESSION_KEY) : Buffer.alloc(0),
  });
  if (answer.mic) {
    const mic = hmacMd5(answer.keyExchange ? SESSION_KEY : baseKey, clientNegotiate(answer), challenge, message);
    mic.copy(message, MIC_OFFSET);
  }
  return message;
}

function tempOf(offered: ReadonlyMap<number, Buffer>, { mic, binding }: ClientAnswer): Buffer {
  const pairs = writeAvPairs([
    ...offered,
    ...(mic ? [[AvId.flags, uint32(AV_FLAG_MIC)] as const] : []),
    ...(binding ? [[AvId.channelBindings, binding] as const] : []),
  ]);
  const time = offered.get(AvId.timestamp) ?? Buffer.alloc(8);
  const header = Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, time, CLIENT_CHALLENGE, Buffer.alloc(4), pairs, Buffer.alloc(4)]);
}

function assemble(answer: ClientAnswer, { ntResponse, encryptedKey }: Record<'ntResponse' | 'encryptedKey', Buffer>) {
  const text = (value: string) => Buffer.from(value, answer.oem ? 'latin1' : 'utf16le');
  const payloads = [Buffer.alloc(24), ntResponse, text(answer.domain), text(answer.user), text('PC'), encryptedKey];
  const descriptors = payloads.map((payload, index) =>
    descriptorOf(payload, FIXED_BYTES + Buffer.concat(payloads.slice(0, index)).length),
  );
  const flags = uint32(flagsOf(answer));
  return Buffer.concat([messageHeader(3), ...descriptors, flags, Buffer.alloc(8 + 16), ...payloads]);
}

function flagsOf({ oem, keyExchange }: Pick<ClientAnswer, 'oem' | 'keyExchange'>): number {
  return COMMON | (oem ? NtlmFlag.oem : NtlmFlag.unicode) | (keyExchange ? NtlmFlag.keyExchange : 0);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
