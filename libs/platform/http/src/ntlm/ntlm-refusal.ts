export type NtlmRefusalKind =
  /** The challenge is no CHALLENGE_MESSAGE. */
  | 'malformed'
  /** The server names no target: NTLMv2 answers to it would not be bound to that server. */
  | 'noTargetInfo'
  /** The server knows no extended session security, thus speaks an older dialect than NTLMv2. */
  | 'noExtendedSecurity'
  | 'noUnicode'
  /** A name or the server's attributes do not fit into a message. */
  | 'tooLarge';

/** Why no answer was made. It says nothing of names or passwords: errors end in logs. */
export class NtlmRefusal extends Error {
  constructor(readonly kind: NtlmRefusalKind) {
    super(`no NTLM answer: ${kind}`);
    this.name = 'NtlmRefusal';
  }
}
