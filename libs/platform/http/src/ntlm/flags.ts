/** NEGOTIATE flags, MS-NLMP section 2.2.2.5. */
export const Flag = {
  unicode: 0x0000_0001,
  requestTarget: 0x0000_0004,
  ntlm: 0x0000_0200,
  alwaysSign: 0x0000_8000,
  extendedSessionSecurity: 0x0008_0000,
  targetInfo: 0x0080_0000,
  key128: 0x2000_0000,
  key56: 0x8000_0000,
} as const;

/**
 * What this client can do. HTTP signs and seals nothing, so no session key is exchanged, and the integrity code is made
 * with the session base key.
 */
export const CLIENT_FLAGS =
  (Flag.unicode |
    Flag.requestTarget |
    Flag.ntlm |
    Flag.alwaysSign |
    Flag.extendedSessionSecurity |
    Flag.key128 |
    Flag.key56) >>>
  0;

export function hasFlag(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}
