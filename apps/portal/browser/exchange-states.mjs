import { exchangeOf, officeByPassword, withThree } from './fixtures/connections.mjs';
import { findingsOf } from './fixtures/findings.mjs';
import { fillSignIn } from './person.mjs';

const connect = (service, more = '') => `/profile/integration/connect?service=${service}&step=form&method=ews${more}`;
const ends = (code) => (world) => (world.signInEnds = code);
const part = { state: 'needs_reconnect', freshness: { stale: true, sources: [] } };
const trouble = (code, blame = 'user') => ({
  state: 'needs_reconnect',
  calendar: part,
  problem: { code, detail: 'It does not go on.', blame },
});
const server = ({ server: known }, more) => ({ server: { ...known, ...more } });
/** A certificate with so many days left, and what a check says of it. */
const certificateFor = (days, state) => (world) => {
  const expiresAt = new Date(Date.now() + days * 86_400_000).toISOString();
  const isOver = state === 'expired';
  const stops = isOver ? trouble('untrusted_server', 'admin') : {};
  world.connection = null;
  world.exchange = exchangeOf(Date.now(), {
    ...stops,
    ...server(exchangeOf(0), { certificate: { expiresAt, state } }),
  });
  const code = isOver ? 'certificate_expired' : 'certificate_ends_soon';
  const tls = { outcome: isOver ? 'failed' : 'passed', code, detail: 'It ends.', fix: 'Renew it.', expiresAt };
  world.findings = findingsOf({ tls });
};
const alone = (world) => {
  world.connection = null;
  world.meetings = [];
};

const submit = async (page, texts, wait) => {
  await fillSignIn(page, texts);
  await page.locator('form button[type=submit]').click();
  await page.getByText(wait).first().waitFor();
};
const exchange = { username: 'CONTOSO\\ada', email: 'ada@contoso.example', password: 'secret' };

/** Signing in with a password, and what comes of it on the cards. */
export const exchangeStates = [
  {
    name: 'connect, how to authorize',
    path: '/profile/integration/connect?service=office365&step=method&method=ews',
    change: alone,
  },
  { name: 'connect, Office 365 with a password', path: connect('office365'), change: alone },
  { name: 'connect, Exchange', path: connect('exchange'), change: alone },
  {
    name: 'connect, Exchange with a certificate authority',
    path: connect('exchange'),
    change: (world) => (world.untrustedAllowed = true),
    act: async (page) => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByText('Skip certificate checks').waitFor();
    },
  },
  {
    name: 'connect, Exchange, something missing',
    path: connect('exchange'),
    act: (page) => submit(page, {}, 'This is needed.'),
  },
  {
    name: 'connect, Exchange signing in',
    path: connect('exchange'),
    change: (world) => (world.signingIn = true),
    act: (page) => submit(page, exchange, 'Next step'),
  },
  {
    name: 'connect, Exchange, password refused',
    path: connect('exchange'),
    act: (page) => submit(page, { ...exchange, password: 'wrong' }, 'Signing in did not work'),
  },
  {
    name: 'connect, Exchange, server not found',
    path: connect('exchange'),
    change: ends('not_found_by_address'),
    act: (page) => submit(page, exchange, 'Signing in did not work'),
  },
  {
    name: 'connect, Exchange, server found without proof',
    path: connect('exchange'),
    change: ends('host_unconfirmed'),
    act: (page) => submit(page, exchange, 'Enter autodiscover.hoster.example as the server'),
  },
  {
    name: 'connect, Exchange, certificate refused',
    path: connect('exchange'),
    change: ends('certificate_refused'),
    act: (page) => submit(page, exchange, 'Signing in did not work'),
  },
  {
    name: 'connect, Office 365, password switched off',
    path: connect('office365'),
    change: ends('switched_off'),
    act: (page) => submit(page, { email: 'ada@contoso.example', password: 'secret' }, 'Use OAuth 2.0 instead'),
  },
  { name: 'integration, three accounts', path: '/profile/integration', change: withThree },
  { name: 'meetings of three accounts', path: '/meetings', change: withThree },
  { name: 'meetings of three accounts, week', path: '/meetings?view=week', change: withThree },
  {
    name: 'integration, Exchange details',
    path: '/profile/integration',
    change: (world) => {
      world.connection = null;
      world.exchange = exchangeOf(Date.now(), server(exchangeOf(0), { certificateChecksSkipped: true }));
    },
    act: (page) => page.getByRole('button', { name: 'Details' }).click(),
  },
  {
    name: 'integration, Exchange certificate expires soon',
    path: '/profile/integration',
    change: certificateFor(9, 'ends_soon'),
    act: async (page) => {
      await page.getByRole('button', { name: 'Details' }).click();
      await page.getByRole('button', { name: 'Check connection' }).click();
      await page.getByText('Below is a warning.').waitFor();
    },
  },
  {
    name: 'integration, Exchange certificate expired',
    path: '/profile/integration',
    change: certificateFor(-1, 'expired'),
  },
  {
    name: 'integration, Exchange password refused',
    path: '/profile/integration',
    change: (world) => (world.exchange = exchangeOf(Date.now(), trouble('password_refused'))),
  },
  {
    name: 'integration, Exchange server not trusted',
    path: '/profile/integration',
    change: (world) => (world.exchange = exchangeOf(Date.now(), trouble('untrusted_server', 'admin'))),
  },
  {
    name: 'integration, Office 365 with a password',
    path: '/profile/integration',
    change: (world) => (world.office = officeByPassword(Date.now())),
  },
  {
    name: 'integration, Office 365 password switched off',
    path: '/profile/integration',
    change: (world) => (world.office = officeByPassword(Date.now(), trouble('switched_off'))),
  },
  {
    name: 'reconnect with another server',
    path: '/profile/integration/con_exchange/reconnect',
    change: (world) => (world.exchange = exchangeOf(Date.now(), trouble('password_refused'))),
    act: async (page) => {
      await page.getByRole('button', { name: 'Change server' }).click();
      await page.getByLabel('Exchange login username or UPN').waitFor();
    },
  },
];
