/** A simulated mailbox, by the simulator's control door and the provider's own interface. */
import { exchangeMailbox } from './exchange-mailbox.mjs';

const DAY_MS = 86_400_000;

const PROVIDERS = {
  google: {
    service: 'google',
    scope: 'https://www.googleapis.com/auth/calendar',
    api: (base) => `${base}/calendar/v3`,
    /** Is this request the first page of a whole listing? */
    isListing: (url) => /\/events\?/.test(url) && !/timeMin|pageToken/.test(url),
    titleOf: 'summary',
    events: '/calendars/primary/events',
    window: (from) => ({ maxResults: '50', timeMin: from }),
    itemsOf: (page) => page.items,
    isSingle: ({ recurrence, recurringEventId }) => !recurrence && !recurringEventId,
  },
  microsoft: {
    service: 'office365',
    scope: 'User.Read Calendars.ReadWrite MailboxSettings.Read',
    api: (base) => `${base}/v1.0`,
    isListing: (url) => /\/calendarView\/delta\?/.test(url) && /startDateTime/i.test(url) && !/token=/i.test(url),
    prefer: 'IdType="ImmutableId"',
    titleOf: 'subject',
    events: '/me/events',
    window: (from) => ({ $top: '50', $orderby: 'start/dateTime', $filter: `start/dateTime ge '${from.slice(0, 19)}'` }),
    itemsOf: (page) => page.value,
    isSingle: ({ type }) => type === 'singleInstance',
  },
};

async function call(method, url, { body, token, prefer } = {}) {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(prefer ? { prefer } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 300)}`);
  return text ? JSON.parse(text) : null;
}

/**
 * @param {{ control: string, google: string, microsoft: string, exchange: string }} addresses
 * @param {string} email
 * @param {{ near: number, far?: number }} events `near` within 300 days of today, `far` two to four years ago: a long
 *   history does not make anybody's next days fuller
 * @param {'google' | 'microsoft' | 'exchange'} [provider]
 */
export async function createMailbox(addresses, email, { near, far = 0 }, provider = 'google') {
  const { control, [provider]: base } = addresses;
  const order = (method, path, body) => call(method, `${control}${path}`, { body });
  await order('POST', '/mailboxes', { provider, email });
  if (far > 0) {
    await order('PUT', '/clock', { now: new Date(Date.now() - 1_100 * DAY_MS).toISOString() });
    await order('POST', '/seed', { provider, email, events: far, contacts: 0, seed: 2 });
    await order('PUT', '/clock', { now: null });
  }
  await order('POST', '/seed', { provider, email, events: near, contacts: 0, seed: 1 });
  if (provider === 'exchange') return exchangeMailbox({ base, email, order });
  const kind = PROVIDERS[provider];
  const { accessToken: token } = await order('POST', '/tokens', { provider, email, scope: kind.scope });
  const api = (method, path, body) => call(method, `${kind.api(base)}${path}`, { body, token, prefer: kind.prefer });
  return {
    email,
    token,
    base,
    apiBase: kind.api(base),
    service: kind.service,
    isListing: kind.isListing,
    /** Any call of the provider's interface, with this mailbox's token. */
    api,
    /** Changes the title of one event. */
    rename: (id, title) => api('PATCH', `${kind.events}/${id}`, { [kind.titleOf]: title }),
    /** The id of a single event some days ahead. */
    someEvent: async () => {
      const from = new Date(Date.now() + 30 * DAY_MS).toISOString();
      const page = await api('GET', `${kind.events}?${new URLSearchParams(kind.window(from))}`);
      return kind.itemsOf(page).find(kind.isSingle).id;
    },
  };
}
