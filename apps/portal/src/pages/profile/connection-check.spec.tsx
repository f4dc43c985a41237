// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, DiagnosisItem } from '@daybook/contracts';
import type { Language } from '../../i18n/i18n';
import { refusal, type Answer } from '../../api/testing';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { ada, renderInPortal } from '../../testing/render-in-portal';
import { ConnectionCard } from './connection-card';

const part = { state: 'active' as const, freshness: { stale: false, sources: [] } };
const connection: Connection = {
  id: 'con_1',
  service: 'google',
  method: 'oauth2',
  account: 'ada@example.com',
  state: 'active',
  calendar: part,
  contacts: { state: 'off', freshness: { stale: false, sources: [] } },
  permissions: {
    wanted: { calendar: 'read', contacts: 'none' },
    granted: { calendar: 'read', contacts: 'none' },
    missing: [],
  },
  version: 'c1',
};
const none = () => Response.json({ items: [], next: null });
const passed = (check: DiagnosisItem['check']): DiagnosisItem => ({ check, outcome: 'passed', detail: 'Well.' });
const healthy = (['address', 'tls', 'sign_in', 'permissions', 'read', 'write_then_remove', 'push'] as const).map(
  passed,
);

/** A line on which the test says what comes and when. */
class Line {
  left = false;
  private controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  private readonly stream = new ReadableStream<Uint8Array>({
    start: (controller) => void (this.controller = controller),
  });

  readonly answer: Answer = ({ init }) => {
    init.signal?.addEventListener('abort', () => {
      this.left = true;
      this.controller?.error(new Error('aborted'));
    });
    return new Response(this.stream);
  };

  say(event: string, data: unknown): void {
    this.controller?.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }

  end(): void {
    this.controller?.close();
  }
}

describe('the check of a connection', () => {
  let line: Line;
  beforeAll(fillBrowserGaps);
  beforeEach(() => (line = new Line()));
  afterEach(cleanup);

  async function open(
    { language = 'en', answer = line.answer }: { language?: Language; answer?: Answer } = {},
    name = 'Check connection',
  ) {
    const answers = { '/v1/services': none, '/v1/calendars': none, '/v1/connections/con_1/diagnose': answer };
    const shown = await renderInPortal(<ConnectionCard connection={connection} />, { answers, language });
    fireEvent.click(screen.getByRole('button', { name }));
    return shown;
  }
  const row = (name: string) => {
    const found = screen.getAllByRole('listitem').find((item) => item.textContent?.startsWith(name));
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  const region = () => screen.getByRole('region', { name: 'Check of the connection' });
  const summary = () => within(region()).getByRole('status');

  it('shows all checks at once and each outcome as it comes, and says where it is', async () => {
    const { server } = await open();
    expect(within(region()).getAllByRole('listitem')).toHaveLength(7);
    expect(summary()).toHaveTextContent('Checking: Address …');
    await screen.findByText('Checking');
    line.say('check', passed('address'));
    expect(await within(row('Address')).findByText('Works')).toBeVisible();
    expect(row('Address')).toHaveTextContent('The provider was found and takes connections.');
    expect(row('Encryption')).toHaveTextContent('Checking');
    expect(row('Reading')).toHaveTextContent('Waiting');
    expect(summary()).toHaveTextContent('Checking: Encryption …');
    expect(server.calls.at(-1)?.init).toMatchObject({ method: 'POST', headers: { Accept: 'text/event-stream' } });
    healthy.slice(1).forEach((item) => line.say('check', item));
    line.end();
    expect(await within(region()).findByText('Everything works.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Check again' })).toHaveAttribute('aria-expanded', 'true');
  });

  it('says what helps with a failure in the language of its reader, and counts what failed', async () => {
    await open({ language: 'de' }, 'Verbindung prüfen');
    line.say('check', {
      check: 'sign_in',
      outcome: 'failed',
      code: 'consent_revoked',
      detail: 'The provider no longer accepts it.',
      fix: 'Connect again.',
    });
    line.say('check', {
      check: 'read',
      outcome: 'skipped',
      code: 'earlier_failed',
      detail: 'It could not be checked.',
    });
    healthy.filter(({ check }) => check !== 'sign_in' && check !== 'read').forEach((item) => line.say('check', item));
    line.end();
    expect(await screen.findByText('1 Prüfung ist fehlgeschlagen. Was hilft, steht darunter.')).toBeVisible();
    expect(row('Anmeldung')).toHaveTextContent('Was hilft: Wählen Sie „Erneut verbinden“.');
    expect(row('Lesen')).toHaveTextContent('Nicht geprüft');
    expect(row('Lesen')).not.toHaveTextContent('Was hilft');
  });

  it.each([
    ['en', 'Check connection', 'Encryption', 'trusted until 31 Jan 2027', 'Everything works.'],
    ['de', 'Verbindung prüfen', 'Verschlüsselung', 'wird bis 31.01.2027 vertraut', 'Alles funktioniert.'],
  ] as const)(
    'names the last day of a certificate that is good (%s)',
    async (language, start, name, found, summary) => {
      await open({ language }, start);
      const tls = { ...passed('tls'), expiresAt: '2027-01-31T11:00:00Z' };
      healthy.map((item) => (item.check === 'tls' ? tls : item)).forEach((item) => line.say('check', item));
      line.end();
      expect(await screen.findByText(summary)).toBeVisible();
      expect(row(name)).toHaveTextContent(found);
      expect(row(name)).toHaveAttribute('data-state', 'passed');
    },
  );

  it.each([
    ['en', 'Check connection', 'Encryption', 'expires on 31 Jan 2027.', 'Warning', 'It works. Below is a warning.'],
    [
      'de',
      'Verbindung prüfen',
      'Verschlüsselung',
      'läuft am 31.01.2027 ab.',
      'Warnung',
      'Es funktioniert. Darunter steht eine Warnung.',
    ],
  ] as const)(
    'warns of one that ends soon, which is no failure (%s)',
    async (language, start, name, found, word, summary) => {
      await open({ language }, start);
      const more = { code: 'certificate_ends_soon', fix: 'Renew it.', expiresAt: '2027-01-31T11:00:00Z' };
      const tls = { ...passed('tls'), ...more };
      healthy.map((item) => (item.check === 'tls' ? tls : item)).forEach((item) => line.say('check', item));
      line.end();
      expect(await screen.findByText(summary)).toBeVisible();
      expect(within(row(name)).getByText(word)).toBeVisible();
      expect(row(name)).toHaveTextContent(found);
      expect(row(name)).toHaveTextContent(language === 'en' ? 'What helps: Tell whoever' : 'Was hilft: Bitten Sie');
      expect(row(name)).toHaveAttribute('data-state', 'noted');
    },
  );

  it('says since when a certificate is over, and takes no day that cannot be read', async () => {
    await open();
    const over = {
      check: 'tls',
      outcome: 'failed',
      code: 'certificate_expired',
      detail: 'It is over.',
      fix: 'Renew it.',
    };
    line.say('check', { ...over, expiresAt: 'tomorrow' });
    line.say('check', { ...over, expiresAt: '2026-01-31T11:00:00Z' });
    expect(await screen.findByText('The certificate expired on 31 Jan 2026.')).toBeVisible();
    cleanup();
    line = new Line();
    await open();
    line.say('check', over);
    expect(await screen.findByText('The certificate has expired.')).toBeVisible();
  });

  it('keeps the server’s words for a code that it does not know', async () => {
    await open();
    line.say('check', { check: 'tls', outcome: 'failed', code: 'brand_new', detail: 'Something new.', fix: 'Wait.' });
    expect(await screen.findByText('Something new.')).toBeVisible();
    expect(row('Encryption')).toHaveTextContent('What helps: Wait.');
  });

  it('says that it was cut off, and does not call that well', async () => {
    await open();
    line.say('check', passed('address'));
    line.end();
    expect(await screen.findByText('Daybook does not answer')).toBeVisible();
    expect(screen.queryByText(/works\.$/)).toBeNull();
  });

  it('shows why it broke off, and why it was refused', async () => {
    await open();
    line.say('check', passed('address'));
    line.say('problem', { code: 'service_unavailable', status: 503, detail: 'Away.', blame: 'us', correlationId: 'c' });
    fireEvent.click(await screen.findByRole('button', { name: 'Details' }));
    expect(screen.getByRole('alert')).toHaveTextContent('Away.');
    cleanup();
    await open({ answer: () => refusal(429, 'rate_limited') });
    expect(await screen.findByRole('alert')).toHaveTextContent('Too many attempts');
  });

  it('gives its line back when it is closed', async () => {
    await open();
    line.say('check', passed('address'));
    await within(row('Address')).findByText('Works');
    fireEvent.click(screen.getByRole('button', { name: 'Close the check' }));
    expect(screen.queryByRole('region', { name: 'Check of the connection' })).toBeNull();
    expect(line.left).toBe(true);
    expect(screen.getByRole('button', { name: 'Check connection' })).toHaveAttribute('aria-expanded', 'false');
  });

  it('is not offered while the integration is off', async () => {
    const me = { ...ada, policy: { ...ada.policy, enabled: false } };
    await renderInPortal(<ConnectionCard connection={connection} />, {
      answers: { '/v1/services': none, '/v1/calendars': none },
      me,
    });
    expect(screen.queryByRole('button', { name: 'Check connection' })).toBeNull();
  });
});
