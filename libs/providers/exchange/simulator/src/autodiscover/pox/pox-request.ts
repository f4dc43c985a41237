import { descendant, readDocument } from '../read-document';

const BASE = 'http://schemas.microsoft.com/exchange/autodiscover/';
/** Of Outlook and of ActiveSync: a request of the latter is answered, too, if it asks for the answer of the former. */
const REQUEST_SCHEMAS = [`${BASE}outlook/requestschema/2006`, `${BASE}mobilesync/requestschema/2006`];
export const RESPONSE_SCHEMA = `${BASE}responseschema/2006`;
export const OUTLOOK_SCHEMA = `${BASE}outlook/responseschema/2006a`;

export interface PoxRequest {
  /** In lower case; null where the request names a legacy distinguished name instead. */
  readonly email: string | null;
  /** The schema in which the client wants its answer. */
  readonly schema: string;
}

/** What a client asks; null of anything that is no request. */
export function readPoxRequest(body: string): PoxRequest | null {
  const root = readDocument(body);
  if (root === null || root.name !== 'Autodiscover' || !REQUEST_SCHEMAS.includes(root.namespace)) return null;
  const email = descendant(root, 'Request', 'EMailAddress')?.text ?? '';
  const legacyDn = descendant(root, 'Request', 'LegacyDN')?.text ?? '';
  const schema = descendant(root, 'Request', 'AcceptableResponseSchema')?.text ?? '';
  if (schema === '' || (email === '' && legacyDn === '')) return null;
  return { email: email === '' ? null : email.toLowerCase(), schema };
}
