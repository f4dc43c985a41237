/**
 * Autodiscover in plain old XML, with the password.
 * Sources: MS-OXDSCLI sections 2.2.3 and 2.2.4; learn.microsoft.com/exchange/client-developer/web-service-reference/pox-autodiscover-response-for-exchange.
 */
import { asText, type ForeignRecord, isRecord, listOf, type ProviderHttpResponse } from '@daybook/provider-port';
import { isMailAddress } from '../auth/form-account';
import { markup } from '../transport/markup';
import { readAnswer } from '../transport/read-answer';
import { UnreadableAnswer } from '../transport/record-reader';
import { list, record, text, textWith } from '../transport/record-shape';
import { isPasswordRefused, offersOurs } from '../transport/refusal-of-access';
import { askSigned, type Asking, isRedirect } from './asking';
import { type Finding, NOTHING, placeAt, servicesAt } from './finding';

const BASE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/';
const SHAPE = record({
  Response: record({
    Error: record({ ErrorCode: text(20) }),
    // Its children come in any order, and protocols more than once.
    Account: list({
      Action: textWith(),
      RedirectAddr: textWith(),
      RedirectUrl: textWith(),
      Protocol: record({ Type: text(20), EwsUrl: text(2048) }, ['Type']),
    }),
  }),
});
/** From outside first: we are as likely there as in the house, and what is told for outside is mostly right inside, too. */
const PROTOCOLS = ['EXPR', 'EXHTTP', 'EXCH'];

export async function askPox(asking: Asking, origin: URL): Promise<Finding> {
  const url = new URL('/autodiscover/autodiscover.xml', origin);
  const headers = { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml' };
  const response = await askSigned(asking, url, { headers, body: requestFor(asking.email) });
  if (response === null) return { type: 'silent' };
  if (isPasswordRefused(response)) return { type: 'refused' };
  // It offers a way in and does not keep to it: the password is shown to it in no other.
  if (response.status === 401 && offersOurs(response)) return { type: 'silent' };
  if (isRedirect(response)) return placeAt(response.headers['location'] ?? '', url);
  return response.status === 200 ? findingIn(response) : NOTHING;
}

function requestFor(email: string): string {
  const request = markup('Request', {}, [
    markup('EMailAddress', {}, email),
    markup('AcceptableResponseSchema', {}, `${BASE}responseschema/2006a`),
  ]);
  const document = markup('Autodiscover', { xmlns: `${BASE}requestschema/2006` }, [request]);
  return `<?xml version="1.0" encoding="utf-8"?>${document.markup}`;
}

async function findingIn({ body }: ProviderHttpResponse): Promise<Finding> {
  try {
    const told = await readAnswer(body, 'Autodiscover', SHAPE);
    const response = isRecord(told['Response']) ? told['Response'] : {};
    // 500: nobody of that address, 501: somebody it cannot serve.
    if (isRecord(response['Error'])) return isOfMailbox(response['Error']) ? { type: 'unknown' } : NOTHING;
    return accountIn(listOf(response['Account']).filter(isRecord));
  } catch (error) {
    if (error instanceof UnreadableAnswer) return NOTHING;
    throw error;
  }
}

const isOfMailbox = ({ ErrorCode: code }: ForeignRecord): boolean => code === '500' || code === '501';

function accountIn(account: readonly ForeignRecord[]): Finding {
  const told = (name: string) => asText(account.find(({ element }) => element === name)?.['text'], 2048).trim();
  const action = told('Action').toLowerCase();
  if (action === 'redirectaddr') {
    const email = told('RedirectAddr');
    return isMailAddress(email) ? { type: 'address', email } : NOTHING;
  }
  if (action === 'redirecturl') return placeAt(told('RedirectUrl'));
  const protocols = account.filter(({ element }) => element === 'Protocol');
  const urls = PROTOCOLS.flatMap((type) => protocols.filter((one) => typeOf(one) === type));
  return servicesAt(urls.map(({ EwsUrl: url }) => asText(url, 2048)));
}

/** An element of old, an attribute since Exchange 2013. */
const typeOf = ({ Type: type }: ForeignRecord): string => asText(type, 20).trim().toUpperCase();
