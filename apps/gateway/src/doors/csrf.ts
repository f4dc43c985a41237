import { fail } from '@daybook/contracts';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Cookies are only taken from the portal's own pages. Browsers say where a request comes from in `Sec-Fetch-Site` and
 * `Origin`, and scripts cannot change either; programs that are not browsers send neither and hold no cookie of a victim.
 * Throws 403 `csrf_rejected`.
 */
export function refuseOtherSites(headers: IncomingHttpHeaders, publicOrigin: string): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw fail('csrf_rejected');
  }
  const { origin, host } = headers;
  if (origin === undefined || origin === publicOrigin) {
    return;
  }
  if (!URL.canParse(origin) || host === undefined || new URL(origin).host !== host.toLowerCase()) {
    throw fail('csrf_rejected');
  }
}
