/** A simulated mailbox, by the simulator's control door and the provider's own interface. */
const PROVIDER = 'google';
const SCOPE = 'https://www.googleapis.com/auth/calendar';
const DAY_MS = 86_400_000;

async function call(method, url, { body, token } = {}) {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 300)}`);
  return text ? JSON.parse(text) : null;
}

/**
 * @param {{ control: string, google: string }} addresses
 * @param {string} email
 * @param {{ near: number, far?: number }} events `near` within 300 days of today, `far` two to four years ago: a long
 *   history does not make anybody's next days fuller
 */
export async function createMailbox({ control, google }, email, { near, far = 0 }) {
  const order = (method, path, body) => call(method, `${control}${path}`, { body });
  await order('POST', '/mailboxes', { provider: PROVIDER, email });
  if (far > 0) {
    await order('PUT', '/clock', { now: new Date(Date.now() - 1_100 * DAY_MS).toISOString() });
    await order('POST', '/seed', { provider: PROVIDER, email, events: far, contacts: 0, seed: 2 });
    await order('PUT', '/clock', { now: null });
  }
  await order('POST', '/seed', { provider: PROVIDER, email, events: near, contacts: 0, seed: 1 });
  const { accessToken: token } = await order('POST', '/tokens', { provider: PROVIDER, email, scope: SCOPE });
  const api = (method, path, body) => call(method, `${google}/calendar/v3${path}`, { body, token });
  return {
    email,
    token,
    google,
    service: PROVIDER,
    /** Any call of the provider's interface, with this mailbox's token. */
    api,
    /** Changes the title of one event. */
    rename: (id, summary) => api('PATCH', `/calendars/primary/events/${id}`, { summary }),
    /** The id of a single event some days ahead. */
    someEvent: async () => {
      const from = new Date(Date.now() + 30 * DAY_MS).toISOString();
      const { items } = await api('GET', `/calendars/primary/events?maxResults=50&timeMin=${from}`);
      return items.find(({ recurrence, recurringEventId }) => !recurrence && !recurringEventId).id;
    },
  };
}
