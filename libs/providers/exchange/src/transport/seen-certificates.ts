import type { ProviderAccess, ProviderHttpResponse } from '@daybook/provider-port';
import { accessIn, type ExchangeAccess } from './access-text';

const MOST_SERVERS = 1000;

/** When certificates of servers expire, by what was shown with the last answer of each. */
export class SeenCertificates {
  /** By host and port, the one that was seen longest ago first. */
  private readonly expiries = new Map<string, number>();

  note({ url }: Pick<ExchangeAccess, 'url'>, { certificate }: Pick<ProviderHttpResponse, 'certificate'>): void {
    if (!certificate) return;
    const { host } = new URL(url);
    this.expiries.delete(host);
    this.expiries.set(host, certificate.expiresAt);
    const [oldest] = this.expiries.keys();
    if (this.expiries.size > MOST_SERVERS && oldest !== undefined) this.expiries.delete(oldest);
  }

  /** As `Provider.certificateExpiry`: where certificates are not checked, the end of one stops nothing. */
  expiryFor({ token }: ProviderAccess): number | null {
    const access = accessIn(token);
    if (access === null || access.trust?.skipChecks) return null;
    return this.expiries.get(new URL(access.url).host) ?? null;
  }
}
