/**
 * Where a provider's change notifications reach this deployment. Public providers call only https addresses with a public
 * certificate, so a deployment on plain http has no hook address with them (polling is all there is); a provider whose address
 * the operator has set can reach plain http as well. @throws TypeError when `publicUrl` is no address
 */
export function hookAddress(key: string, publicUrl: string, isPublicProvider: boolean): string | null {
  const url = new URL(publicUrl);
  if (url.protocol !== 'https:' && isPublicProvider) return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/hooks/${key}`;
}
