import { asText, type ForeignRecord, ProviderError, type RemoteIdentity } from '@daybook/provider-port';

const TENANT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Clocks differ. */
const SKEW_SECONDS = 300;

/**
 * Issuer and times of an id token whose signature, audience and nonce are good. The issuer has to be that of the very tenant
 * the token names: whoever signs for one tenant says nothing of another.
 * @throws ProviderError Unreadable
 */
export function checkClaims(claims: ForeignRecord, login: string, now: number): void {
  const tenant = asText(claims['tid'], 64);
  if (!TENANT.test(tenant)) throw refused('tenant');
  if (claims['iss'] !== `${login}/${tenant}/v2.0`) throw refused('issuer');
  const seconds = now / 1000;
  const expires = claims['exp'];
  if (typeof expires !== 'number' || expires + SKEW_SECONDS <= seconds) throw refused('time');
  const begins = claims['nbf'];
  if (typeof begins === 'number' && begins - SKEW_SECONDS > seconds) throw refused('time');
}

/**
 * Who signed in. Tenant and object id name somebody for good; addresses change hands. `person` is Graph's word on them, null
 * where it has none.
 * @throws ProviderError Unreadable
 */
export function readIdentity(claims: ForeignRecord, person: ForeignRecord | null): RemoteIdentity {
  const tenant = asText(claims['tid'], 64);
  const object = asText(claims['oid'], 64) || asText(claims['sub'], 255);
  const told = [person?.['mail'], claims['email'], person?.['userPrincipalName'], claims['preferred_username']];
  const addresses = [...new Set(told.map((each) => asText(each, 320)).filter((each) => each.includes('@')))];
  const [address, ...aliases] = addresses;
  if (object === '' || address === undefined) throw refused('subject or address');
  const name = asText(person?.['displayName'], 320) || asText(claims['name'], 320) || address;
  return { subject: `${tenant}.${object}`, address, aliases, name };
}

function refused(what: string): ProviderError {
  return new ProviderError('Unreadable', { detail: `id token: ${what}` });
}
