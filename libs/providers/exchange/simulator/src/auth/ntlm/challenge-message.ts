import { AvId, writeAvPairs } from './av-pairs';
import { fileTime } from './file-time';
import { hasFlag, NtlmFlag } from './flags';
import { descriptorOf, messageHeader } from './message';

/** What the server calls itself. */
export interface NtlmNames {
  /** `EXAMPLE` */
  readonly netBiosDomain: string;
  /** `EXCH01` */
  readonly netBiosComputer: string;
  readonly dnsDomain: string;
  readonly dnsComputer: string;
}

export interface ChallengeOrder {
  readonly names: NtlmNames;
  /** What the client asked for in its NEGOTIATE. */
  readonly clientFlags: number;
  /** Eight bytes. */
  readonly serverChallenge: Buffer;
  /** Epoch milliseconds. */
  readonly now: number;
}

const PAYLOAD_OFFSET = 56;
/** Windows 10.0.20348 (Server 2022), NTLM revision 15: MS-NLMP section 2.2.2.10. */
const VERSION = Buffer.from([10, 0, 0x7c, 0x4f, 0, 0, 0, 15]);
const ALWAYS = NtlmFlag.ntlm | NtlmFlag.alwaysSign | NtlmFlag.targetTypeDomain | NtlmFlag.targetInfo | NtlmFlag.version;
const AS_ASKED =
  NtlmFlag.requestTarget |
  NtlmFlag.sign |
  NtlmFlag.seal |
  NtlmFlag.extendedSessionSecurity |
  NtlmFlag.key56 |
  NtlmFlag.key128 |
  NtlmFlag.keyExchange;

/** A CHALLENGE_MESSAGE, MS-NLMP section 2.2.1.2. */
export function challengeMessage({ names, clientFlags, serverChallenge, now }: ChallengeOrder): Buffer {
  const unicode = hasFlag(clientFlags, NtlmFlag.unicode);
  const flags = ALWAYS | (clientFlags & AS_ASKED) | (unicode ? NtlmFlag.unicode : NtlmFlag.oem);
  const target = Buffer.from(names.netBiosDomain, unicode ? 'utf16le' : 'latin1');
  const info = targetInfo(names, now);
  const flagBytes = Buffer.alloc(4);
  flagBytes.writeUInt32LE(flags >>> 0);
  return Buffer.concat([
    messageHeader(2),
    descriptorOf(target, PAYLOAD_OFFSET),
    flagBytes,
    serverChallenge,
    Buffer.alloc(8),
    descriptorOf(info, PAYLOAD_OFFSET + target.length),
    VERSION,
    target,
    info,
  ]);
}

/** Always in Unicode, whatever else was agreed (MS-NLMP section 2.2.2.1). */
function targetInfo(names: NtlmNames, now: number): Buffer {
  const text = (value: string) => Buffer.from(value, 'utf16le');
  return writeAvPairs([
    [AvId.netBiosDomain, text(names.netBiosDomain)],
    [AvId.netBiosComputer, text(names.netBiosComputer)],
    [AvId.dnsDomain, text(names.dnsDomain)],
    [AvId.dnsComputer, text(names.dnsComputer)],
    [AvId.dnsTree, text(names.dnsDomain)],
    [AvId.timestamp, fileTime(now)],
  ]);
}
