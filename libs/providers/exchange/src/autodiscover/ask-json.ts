/**
 * Autodiscover in JSON, which tells where web services are without a password.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/autodiscover-for-exchange.
 */
import { asText, type ForeignRecord, isRecord, type ProviderHttpResponse } from '@daybook/provider-port';
import { askOpenly, type Asking, isRedirect } from './asking';
import { type Finding, NOTHING, placeAt, servicesAt } from './finding';

export async function askJson(asking: Asking, origin: URL): Promise<Finding> {
  const url = new URL('/autodiscover/autodiscover.json', origin);
  url.search = new URLSearchParams({ Email: asking.email, Protocol: 'EWS' }).toString();
  const response = await askOpenly(asking, url, { headers: { accept: 'application/json' } });
  if (response === null) return { type: 'silent' };
  if (isRedirect(response)) return placeAt(response.headers['location'] ?? '', url);
  const told = jsonIn(response);
  if (told === null) return NOTHING;
  if (response.status === 200) return servicesAt([asText(told['Url'], 2048)]);
  return told['ErrorCode'] === 'UserNotFound' ? { type: 'unknown' } : NOTHING;
}

function jsonIn(response: ProviderHttpResponse): ForeignRecord | null {
  try {
    const told = response.json();
    return isRecord(told) ? told : null;
  } catch {
    return null;
  }
}
