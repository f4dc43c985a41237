// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '@daybook/contracts';
import type { Language } from '../../i18n/i18n';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { aConnection } from '../../testing/samples';
import { passwordServices } from '../../testing/services';
import { ConnectionCard } from './connection-card';

const server = {
  url: 'https://mail.example.com:8443/EWS/Exchange.asmx',
  username: 'EXAMPLE\\ada',
  version: 'ExchangeSE',
  certificateChecksSkipped: false,
};
const exchange = aConnection({ service: 'exchange', method: 'ews', server });
const office = aConnection({ service: 'office365', method: 'ews', server });
const standing = (code: NonNullable<Connection['problem']>['code']): Partial<Connection> => ({
  state: 'needs_reconnect',
  problem: { code, detail: '', blame: 'user' },
});

async function show(connection: Connection, language: Language = 'en') {
  const page = (items: readonly unknown[]) => () => Response.json({ items, next: null });
  const answers = {
    '/v1/services': page(passwordServices),
    '/v1/calendars': page([]),
    '/v1/connections/con_1/reconnect': () => Response.json({ connection }),
  };
  const shown = await renderInPortal(<ConnectionCard connection={connection} />, { answers, language });
  await screen.findByRole('heading', { name: connection.service === 'exchange' ? 'Exchange' : 'Office 365' });
  return shown;
}
const again = () => screen.queryByRole('link', { name: 'Connect again' });

describe('the card of a connection with a password', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('says which way it goes, and in its details where to and as whom', async () => {
    await show(exchange);
    expect(screen.getByText('ada@example.com · EWS with password')).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Details' }));
    expect(screen.getByText('mail.example.com:8443')).toBeVisible();
    expect(screen.getByText('EXAMPLE\\ada')).toBeVisible();
    expect(screen.getByText('Exchange Server SE')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Change password or server' })).toHaveAttribute(
      'href',
      '/profile/integration/con_1/reconnect',
    );
    expect(screen.queryByRole('note')).toBeNull();
  });

  it('warns for as long as certificate checks are skipped', async () => {
    await show({ ...exchange, server: { ...server, certificateChecksSkipped: true } });
    expect(screen.getByRole('note')).toHaveTextContent('Certificate checks are skipped');
  });

  const until = (state: 'good' | 'ends_soon' | 'expired') => ({
    ...exchange,
    server: { ...server, certificate: { expiresAt: '2027-01-31T11:00:00.000Z', state } },
  });

  it('says in its details when the certificate expires, and nothing more while that is far away', async () => {
    await show(until('good'));
    fireEvent.click(screen.getByRole('button', { name: 'Details' }));
    expect(screen.getByText('Certificate expires').nextSibling).toHaveTextContent('31 Jan 2027');
    expect(screen.queryByRole('note')).toBeNull();
  });

  it.each([
    ['en', 'ends_soon', 'The certificate of mail.example.com:8443 expires on 31 Jan 2027', 'renew it before that'],
    ['en', 'expired', 'The certificate of mail.example.com:8443 expired on 31 Jan 2027', 'renew it. Connect again'],
    ['de', 'ends_soon', 'Das Zertifikat von mail.example.com:8443 läuft am 31.01.2027 ab', 'vorher zu erneuern'],
    [
      'de',
      'expired',
      'Das Zertifikat von mail.example.com:8443 ist am 31.01.2027 abgelaufen',
      'zu erneuern. Verbinden',
    ],
  ] as const)('warns (%s) of a certificate that %s', async (language, state, title, helps) => {
    await show(until(state), language);
    expect(screen.getByRole('note')).toHaveTextContent(title);
    expect(screen.getByRole('note')).toHaveTextContent(helps);
  });

  it('says of a server that is not trusted why, where its certificate has expired', async () => {
    await show({ ...until('expired'), ...standing('untrusted_server') });
    expect(screen.getAllByText(/certificate/)).toHaveLength(1);
    expect(screen.queryByText('The server is not trusted')).toBeNull();
    expect(again()).toBeVisible();
    cleanup();
    await show({ ...until('good'), ...standing('untrusted_server') });
    expect(screen.getByText('The server is not trusted')).toBeVisible();
  });

  it('warns for ever of a way that ends where its service has a better one', async () => {
    await show(office);
    expect(screen.getByRole('note')).toHaveTextContent(/refuses passwords since 2022.*April 2027/);
    expect(screen.getByRole('button', { name: 'Reconnect with Microsoft' })).toBeEnabled();
  });

  it('changes to the better way in one click, by the same connection', async () => {
    const { server: api } = await show({ ...office, ...standing('switched_off') });
    expect(screen.getByText('Your organisation switched this off')).toBeVisible();
    expect(screen.queryByRole('note')).toBeNull();
    expect(again()).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Reconnect with Microsoft' }));
    await screen.findByRole('heading', { name: 'Office 365' });
    const sent = api.calls.find(({ path }) => path === '/v1/connections/con_1/reconnect');
    expect(sent?.init).toMatchObject({ method: 'POST', body: '{"method":"oauth2"}' });
  });

  it('asks an administrator where there is no better way', async () => {
    await show({ ...exchange, ...standing('switched_off') });
    expect(screen.getByText(/Ask your administrator to allow it/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Microsoft/ })).toBeNull();
    expect(again()).not.toBeNull();
  });

  it.each([
    ['password_refused', /is not tried again, so that your account is not locked/],
    ['untrusted_server', /Ask your administrator to look at it/],
  ] as const)('says of %s what to do, and leads to the form', async (code, words) => {
    await show({ ...exchange, ...standing(code) });
    expect(screen.getByText(words)).toBeVisible();
    expect(again()).toHaveAttribute('href', '/profile/integration/con_1/reconnect');
  });
});
