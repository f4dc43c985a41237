/** A demo person of a running stack, and the provider's consent pages, walked through as a browser without script would. */
import { join } from 'node:path';
import { root } from '../../stack/paths.mjs';
import { createRequire } from 'node:module';
import { bundle } from './bundle.mjs';

/** The test kit's people and pages. */
export async function testKit() {
  const file = await bundle('libs/testing/stack/src/index.ts', 'testing-stack');
  return createRequire(join(root, 'package.json'))(file);
}

/**
 * Connects up to the point where the provider sends the browser back to us; `calendar` is `read` or `readWrite`.
 * @returns {Promise<{ id: string, token(): Promise<number> }>} `token` makes the last step and gives the moment
 *   (`performance.now()`) at which auth-svc has answered it: from then on the token is there
 */
export async function connectUpToCallback(
  { BrowserlessPerson },
  person,
  email,
  { service = 'google', calendar = 'read' } = {},
) {
  const { id, authorizeUrl } = await person.connect(service, calendar);
  const browser = new BrowserlessPerson();
  const isCallback = (url) => url.pathname.endsWith('/callback');
  const page = await browser.consent(authorizeUrl, { account: email, stopBefore: isCallback });
  if (!page.location) throw new Error(`the consent ended at ${page.url}: ${page.html.slice(0, 300)}`);
  return {
    id,
    token: async () => {
      const landed = await browser.open(page.location, () => true);
      const at = performance.now();
      if (!landed.location?.includes('result=connected')) throw new Error(`the consent ended at ${landed.location}`);
      return at;
    },
  };
}

/**
 * A connection whose person only has to come back from the provider.
 * @returns {Promise<() => Promise<{ id: Promise<string>, started: number }>>} the last step: gives when it was answered
 */
export async function connectByConsent(kit, person, { email, service }) {
  const { id, token } = await connectUpToCallback(kit, person, email, { service });
  return async () => ({ id: Promise.resolve(id), started: await token() });
}

/** One with a password; the last step sends the form and gives when it did, not waiting for the answer. */
export async function connectByForm(_kit, person, { email, password, url, service, method }) {
  const json = { service, method, permissions: { calendar: 'read', contacts: 'none' }, ews: { email, password, url } };
  const send = async () => {
    const answer = await person.call('/v1/connections', { method: 'POST', json });
    if (answer.status !== 201) throw new Error(`the sign-in ended with ${answer.status}: ${answer.text.slice(0, 300)}`);
    return answer.json.connection.id;
  };
  return async () => ({ started: performance.now(), id: send() });
}

/** Deletes a connection and waits until its receipt says that nothing is left of it. */
export async function disconnect({ eventually }, person, id) {
  const { json: receipt } = await person.call(`/v1/connections/${id}`, { method: 'DELETE' });
  await eventually(
    async () => {
      const { json } = await person.call(`/v1/receipts/${receipt.id}`);
      if (!json.completedAt) throw new Error('the purge goes on');
    },
    { timeoutMs: 120_000 },
  );
}
