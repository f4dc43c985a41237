/** Where Google's doors are: the public hosts, or one base address that stands for all of them. */
export interface GoogleAddresses {
  readonly authorize: string;
  readonly token: string;
  readonly revoke: string;
  readonly userInfo: string;
  readonly calendar: string;
}

const PUBLIC: GoogleAddresses = {
  authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  revoke: 'https://oauth2.googleapis.com/revoke',
  userInfo: 'https://openidconnect.googleapis.com/v1/userinfo',
  calendar: 'https://www.googleapis.com/calendar/v3',
};

/**
 * Every call is built from these fixed addresses: no address that came in a reply is ever followed, so a token can only
 * go here. `baseUrl` null means the public hosts.
 * @throws TypeError when `baseUrl` is no http or https address
 */
export function googleAddresses(baseUrl: string | null): GoogleAddresses {
  if (baseUrl === null) return PUBLIC;
  const { origin, pathname, protocol } = new URL(baseUrl);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new TypeError('the Google base address must be http or https');
  const base = origin + pathname.replace(/\/+$/, '');
  return {
    authorize: `${base}/o/oauth2/v2/auth`,
    token: `${base}/token`,
    revoke: `${base}/revoke`,
    userInfo: `${base}/v1/userinfo`,
    calendar: `${base}/calendar/v3`,
  };
}
