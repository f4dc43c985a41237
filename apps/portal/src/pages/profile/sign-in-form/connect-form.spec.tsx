// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Me, SignInItem } from '@daybook/contracts';
import type { Answer } from '../../../api/testing';
import type { Language } from '../../../i18n/i18n';
import { fillBrowserGaps } from '../../../testing/browser-gaps';
import { ada, renderInPortal } from '../../../testing/render-in-portal';
import { aConnection } from '../../../testing/samples';
import { passwordServices } from '../../../testing/services';
import { ConnectPage } from '../connect-page';

const CANARY = 'canary-of-a-password';
const made = aConnection({ id: 'con_x', service: 'exchange', method: 'ews' });
const page = (items: readonly unknown[]) => () => Response.json({ items, next: null });

const passed = (step: SignInItem['step']): SignInItem => ({
  step,
  outcome: 'passed',
  host: 'mail.example.com',
  detail: 'Well.',
});
const failed = (step: SignInItem['step'], code: string) => ({
  step,
  outcome: 'failed',
  host: 'mail.example.com',
  code,
  detail: 'In the server’s words.',
  fix: 'Help in the server’s words.',
});
const events = (...list: readonly [string, unknown][]): Answer => {
  const text = list.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join('');
  return () => new Response(text, { headers: { 'content-type': 'text/event-stream' } });
};
const refused = (...steps: readonly object[]): Answer =>
  events(['problem', { code: 'sign_in_failed', status: 422, detail: 'It failed.', blame: 'user', steps }]);

interface Shown {
  readonly at?: string;
  readonly answer?: Answer;
  readonly me?: Me;
  readonly language?: Language;
}

const EXCHANGE = '/?service=exchange&step=form';
const OFFICE = '/?service=office365&step=form&method=ews';

async function show({ at = EXCHANGE, answer, me = ada, language = 'en' }: Shown = {}) {
  const answers = {
    '/v1/services': page(passwordServices),
    '/v1/connections': (call: Parameters<Answer>[0]) =>
      call.init.method === 'POST' && answer ? answer(call) : page([])(),
  };
  const shown = await renderInPortal(<ConnectPage />, { answers, at, me, language });
  await screen.findByRole('heading', { level: 2 });
  return shown;
}
const enter = (label: RegExp, text: string) =>
  fireEvent.change(screen.getByLabelText(label, { selector: 'input, textarea' }), { target: { value: text } });
const password = () => screen.getByLabelText(/password$/, { selector: 'input' });
function fill() {
  enter(/^Exchange login username/, 'ada@example.com');
  enter(/^Exchange login password/, CANARY);
}
const submit = (name = 'Connect') => fireEvent.click(screen.getByRole('button', { name }));
const sentTo = ({ calls }: Awaited<ReturnType<typeof show>>['server'], path: string) =>
  calls.filter(({ path: called, init }) => called === path && init.method === 'POST').map(({ init }) => init);

describe('connecting with a password', () => {
  beforeAll(fillBrowserGaps);
  afterEach(() => {
    cleanup();
    sessionStorage.clear();
  });

  it('lets a person choose the way, the recommended one first, and says plainly what speaks against the other', async () => {
    const { router } = await show({ at: '/?service=office365&step=method' });
    const ways = screen.getAllByRole('radio');
    expect(ways.map((way) => way.getAttribute('aria-checked') ?? String('checked' in way && way.checked))).toEqual([
      'true',
      'false',
    ]);
    expect(ways[0]).toHaveAccessibleName('Authorize with OAuth 2.0 (recommended)');
    expect(ways[1]).toHaveAccessibleName(/^EWS with password.*refuses passwords since 2022.*April 2027/);
    fireEvent.click(screen.getByText('EWS with password'));
    await waitFor(() => expect(router.state.location.search).toContain('method=ews'));
    fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByLabelText('Office 365 account email address')).toBeVisible();
    expect(screen.getByLabelText('EWS URL')).toHaveValue('https://office.example/EWS');
    expect(screen.getByText('Exchange Online is switching this way off')).toBeVisible();
  });

  it.each<[Language, readonly string[]]>([
    ['en', ['Exchange login username or UPN', 'Exchange login password', 'Exchange version', 'EWS URL (optional)']],
    ['de', ['Exchange-Anmeldebenutzername oder UPN', 'Exchange-Anmeldekennwort', 'Exchange-Version']],
  ])('names the fields with the agreed words in %s', async (language, labels) => {
    await show({ language });
    for (const label of labels) expect(screen.getByLabelText(label, { selector: 'input' })).toBeVisible();
  });

  it('sends nothing before what is needed is there, and leads to it', async () => {
    const { server } = await show();
    submit();
    expect(await screen.findAllByText('This is needed.')).toHaveLength(2);
    expect(screen.getByLabelText('Exchange login username or UPN')).toHaveFocus();
    expect(sentTo(server, '/v1/connections')).toEqual([]);
  });

  it('sends what was entered and goes on to what was granted', async () => {
    const { server, router } = await show({
      answer: events(['step', passed('address')], ['done', { connection: made }]),
    });
    fill();
    submit();
    await waitFor(() => expect(router.state.location.search).toBe('?result=connected&connection=con_x'));
    const [sent] = sentTo(server, '/v1/connections');
    expect(JSON.parse(String(sent?.body))).toEqual({
      service: 'exchange',
      method: 'ews',
      permissions: { calendar: 'readWrite', contacts: 'none' },
      ews: { username: 'ada@example.com', password: CANARY, version: 'auto' },
    });
    expect(Object.keys(sessionStorage)).toEqual([]);
  });

  it('shows each step with its host, and what helps under the one that failed; the field to blame has the focus', async () => {
    const notAsked = { step: 'find_by_srv', outcome: 'skipped', code: 'not_needed', detail: 'Not needed.' };
    await show({ answer: refused(notAsked, passed('address'), failed('sign_in', 'password_refused')) });
    fill();
    submit();
    expect(await screen.findByRole('alert')).toHaveTextContent('Signing in did not work');
    const steps = within(screen.getByRole('list', { name: 'Steps of the sign-in' })).getAllByRole('listitem');
    expect(steps.map((step) => step.textContent)).toEqual([
      expect.stringMatching(/^Address.*Works.*mail\.example\.com/),
      expect.stringMatching(/^Sign-in.*Failed.*does not take this name and password.*What helps: Check both/),
    ]);
    expect(password()).toHaveFocus();
    expect(password()).toBeInvalid();
    expect(password()).toHaveValue('');
    expect(password()).toHaveAccessibleDescription(/does not take this name and password/);
  });

  it.each<[Language, string, RegExp, RegExp]>([
    [
      'en',
      'Connect',
      /^Encryption.*Warning.*mail\.example\.com.*expires on 31 Jan 2027.*What helps: Tell whoever/,
      /^Encryption.*Failed.*expired on 31 Jan 2027.*What helps: Tell whoever/,
    ],
    [
      'de',
      'Verbinden',
      /^Verschlüsselung.*Warnung.*mail\.example\.com.*läuft am 31\.01\.2027 ab.*Was hilft: Bitten/,
      /^Verschlüsselung.*Fehlgeschlagen.*am 31\.01\.2027 abgelaufen.*Was hilft: Bitten/,
    ],
  ])(
    'warns of a certificate that ends soon, and names the day of one that is over (%s)',
    async (language, send, soon, over) => {
      const ends = { expiresAt: '2027-01-31T11:00:00.000Z', fix: 'Renew it.' };
      const noted = { ...passed('tls'), code: 'certificate_ends_soon', ...ends };
      await show({ language, answer: refused(noted, { ...failed('tls', 'certificate_expired'), ...ends }) });
      enter(/^Exchange(-Anmeldebenutzername| login username)/, 'ada@example.com');
      enter(/^Exchange(-Anmeldekennwort| login password)$/, CANARY);
      submit(send);
      await screen.findByRole('alert');
      const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
      expect(rows).toEqual([expect.stringMatching(soon), expect.stringMatching(over)]);
    },
  );

  it('opens what is folded where that is to blame, and keeps it open while it is mended', async () => {
    await show({ answer: refused(failed('tls', 'certificate_refused')) });
    fill();
    submit();
    const authorities = await screen.findByLabelText('Certificate authority');
    expect(authorities).toHaveFocus();
    enter(/^Certificate authority/, '-----BEGIN CERTIFICATE-----');
    expect(screen.getByLabelText('Certificate authority')).toBeVisible();
    expect(password()).toHaveValue(CANARY);
  });

  it.each<[Language, RegExp, string, RegExp, string]>([
    ['en', /enter its address yourself/, 'Enter mail.example.com as the server', /^EWS URL/, 'Connect'],
    ['de', /geben Sie seine Adresse selbst ein/, 'mail.example.com als Server eintragen', /^EWS-URL/, 'Verbinden'],
  ])(
    'enters a server that was found without proof in its field, and sends it only when that is said again (%s)',
    async (language, helps, button, field, again) => {
      const { server } = await show({ language, answer: refused(failed('address', 'host_unconfirmed')) });
      enter(/^Exchange(-Anmeldebenutzername| login username)/, 'ada@example.com');
      enter(/^Exchange(-Anmeldekennwort| login password)$/, CANARY);
      submit(again);
      expect(await screen.findByText(helps)).toBeVisible();
      const url = screen.getByLabelText(field, { selector: 'input' });
      expect(url).toBeInvalid();
      fireEvent.click(screen.getByRole('button', { name: button }));
      expect(url).toHaveValue('https://mail.example.com/EWS/Exchange.asmx');
      expect(url).toBeValid();
      expect(url).toHaveFocus();
      expect(screen.queryByRole('button', { name: button })).toBeNull();
      expect(sentTo(server, '/v1/connections')).toHaveLength(1);
      submit(again);
      await waitFor(() => expect(sentTo(server, '/v1/connections')).toHaveLength(2));
      const [, sent] = sentTo(server, '/v1/connections');
      const { ews } = JSON.parse(String(sent?.body));
      expect(ews).toMatchObject({ url: 'https://mail.example.com/EWS/Exchange.asmx', password: CANARY });
    },
  );

  it('keeps the server’s words for a code that it does not know', async () => {
    await show({ answer: refused(failed('mailbox', 'brand_new')) });
    fill();
    submit();
    expect(await screen.findByText(/In the server’s words\./)).toBeVisible();
    expect(screen.getByText('Help in the server’s words.')).toBeVisible();
  });

  it('keeps the password out of the address, the stores, the caches and a second try after a reload', async () => {
    const { router } = await show({ answer: refused(failed('address', 'no_connection')) });
    fill();
    enter(/^EWS URL/, 'mail.example.com');
    submit();
    await screen.findByRole('alert');
    const stored = [localStorage, sessionStorage].flatMap((store) => Object.values({ ...store })).join();
    expect(stored).toContain('mail.example.com');
    expect(stored + JSON.stringify(router.state)).not.toContain(CANARY);
    cleanup();
    await show();
    expect(screen.getByLabelText('Exchange login username or UPN')).toHaveValue('ada@example.com');
    expect(screen.getByLabelText('EWS URL (optional)')).toHaveValue('mail.example.com');
    expect(password()).toHaveValue('');
  });

  it('shows a password only when it is asked to', async () => {
    await show();
    expect(password()).toHaveAttribute('type', 'password');
    expect(password().getAttribute('autocomplete')).toMatch(/current-password$/);
    fireEvent.mouseDown(screen.getByRole('button', { name: 'Show the password' }));
    expect(password()).toHaveAttribute('type', 'text');
  });

  it('lets certificate checks be skipped only where an administrator allows it, with a warning', async () => {
    await show();
    fireEvent.click(screen.getByRole('button', { name: 'More' }));
    expect(screen.queryByRole('switch')).toBeNull();
    cleanup();
    const exchange = { allowedHosts: ['mail.example.com'], allowUntrustedCertificates: true };
    await show({ me: { ...ada, policy: { ...ada.policy, exchange } } });
    fireEvent.click(screen.getByRole('button', { name: 'More' }));
    expect(screen.getByRole('switch', { name: 'Skip certificate checks' })).toHaveAccessibleDescription(/^Dangerous/);
    expect(screen.getByText(/An administrator allows these servers: mail\.example\.com\./)).toBeVisible();
  });

  it('offers the better way where an organisation has switched this one off', async () => {
    const { router } = await show({ at: OFFICE, answer: refused(failed('sign_in', 'switched_off')) });
    enter(/^Office 365 account email/, 'ada@example.com');
    enter(/^Office 365 account password/, CANARY);
    submit();
    fireEvent.click(await screen.findByRole('button', { name: 'Use OAuth 2.0 instead' }));
    await waitFor(() => expect(router.state.location.search).toBe('?service=office365&step=method'));
  });
});
