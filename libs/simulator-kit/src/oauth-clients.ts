import { timingSafeEqual } from 'node:crypto';
import { isThisMachine } from './this-machine';

/** An OAuth client the simulator knows. The entry `loopback` allows any address on this machine. */
export interface OAuthClient {
  id: string;
  secret: string;
  redirectUris: readonly string[] | 'loopback';
  /** Shown on the consent page. */
  name?: string;
}

export const DEFAULT_CLIENTS: readonly OAuthClient[] = [
  { id: 'daybook-local', secret: 'daybook-local-secret', redirectUris: 'loopback', name: 'Daybook' },
];

/** Redirect addresses are compared letter by letter. */
export function allowsRedirect(client: OAuthClient, redirectUri: string): boolean {
  const allowed = [client.redirectUris].flat();
  return allowed.includes(redirectUri) || (allowed.includes('loopback') && isLoopback(redirectUri));
}

function isLoopback(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname, hash, username } = new URL(redirectUri);
  return (protocol === 'http:' || protocol === 'https:') && isThisMachine(hostname) && hash === '' && username === '';
}

export function secretMatches(client: OAuthClient, given: string): boolean {
  const [one, other] = [Buffer.from(client.secret), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
