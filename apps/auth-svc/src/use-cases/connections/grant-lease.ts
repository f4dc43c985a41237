/**
 * Whoever takes or gives back a person's grant at a provider holds this lease: at some providers revoking one token ends
 * the person's whole consent, so a late revocation could otherwise kill the grant of a connection made again.
 */
export function grantLease(userId: string, provider: string): string {
  return `grant:${userId}:${provider}`;
}
