// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '@daybook/contracts';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { ConnectionCard } from './connection-card';

const waiting = { state: 'awaiting_admin' as const, freshness: { stale: true, sources: [] } };
const connection: Connection = {
  id: 'con_1',
  service: 'office365',
  method: 'oauth2',
  account: null,
  state: 'awaiting_admin',
  calendar: waiting,
  contacts: { state: 'off', freshness: { stale: false, sources: [] } },
  permissions: {
    wanted: { calendar: 'read', contacts: 'none' },
    granted: { calendar: 'none', contacts: 'none' },
    missing: [],
  },
  problem: { code: 'admin_approval_needed', detail: '', blame: 'admin' },
  version: 'c1',
};
const none = () => Response.json({ items: [], next: null });
const services = () =>
  Response.json({ items: [{ service: 'office365', label: 'Office 365', methods: [], permissions: [] }], next: null });

async function show(more: Partial<Connection> = {}) {
  const answers = { '/v1/services': services, '/v1/calendars': none };
  await renderInPortal(<ConnectionCard connection={{ ...connection, ...more }} />, { answers });
  await screen.findByRole('heading', { name: 'Office 365' });
}

describe('the card of a connection that waits for an administrator', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('lets a first connection go on at the provider, and says what to do', async () => {
    await show();
    expect(screen.getByRole('button', { name: 'Go on at Office 365' })).toBeEnabled();
    expect(screen.getByText('When they have agreed, go on at Office 365 from here.')).toBeVisible();
  });

  it('lets one that has worked before connect again', async () => {
    await show({ account: 'ada@example.com' });
    expect(screen.getByRole('button', { name: 'Connect again' })).toBeEnabled();
    expect(screen.getByText(/it goes on by itself/)).toBeVisible();
  });

  it('promises a link for the administrator only where there is one', async () => {
    await show();
    expect(screen.queryByRole('link')?.textContent).toBe('Configure');
    expect(screen.getByText(/^Ask an administrator of your organisation/)).toBeVisible();
    cleanup();
    await show({ adminConsentUrl: 'https://provider.example/approve' });
    expect(screen.getByRole('button', { name: 'Copy link for the administrator' })).toBeEnabled();
    expect(screen.getByRole('link', { name: 'Open it, if you are one yourself' })).toHaveAttribute(
      'href',
      'https://provider.example/approve',
    );
  });

  it('makes no link of what is no web address', async () => {
    await show({ adminConsentUrl: 'javascript:alert(1)' });
    expect(screen.queryByRole('button', { name: 'Copy link for the administrator' })).toBeNull();
  });

  it('says that approval was given, and leaves the last step to the person', async () => {
    const problem = { code: 'consent_revoked' as const, detail: '', blame: 'user' as const };
    await show({ state: 'needs_reconnect', problem });
    expect(screen.getByText('An administrator has agreed')).toBeVisible();
    expect(screen.queryByText('Access was taken back')).toBeNull();
    expect(screen.getByRole('button', { name: 'Go on at Office 365' })).toBeEnabled();
  });
});

describe('the card of a connection that works, and waits for an administrator with more', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  const working = { state: 'active' as const, freshness: { stale: false, sources: [] } };
  const more: Partial<Connection> = {
    account: 'ada@example.com',
    state: 'active',
    calendar: working,
    permissions: {
      wanted: { calendar: 'readWrite', contacts: 'none' },
      granted: { calendar: 'read', contacts: 'none' },
      missing: ['calendar'],
    },
  };
  const link = () => screen.queryByRole('link', { name: 'Open it, if you are one yourself' });

  it('says so once, beside what is missing, with the link to hand on', async () => {
    await show({ ...more, adminConsentUrl: 'https://provider.example/approve' });
    expect(screen.getByText('Missing: Calendar. The rest works.')).toBeVisible();
    expect(screen.getByText(/Send this link to one; when they have agreed, ask again at Office 365/)).toBeVisible();
    expect(link()).toHaveAttribute('href', 'https://provider.example/approve');
    expect(screen.getByRole('button', { name: 'Copy link for the administrator' })).toBeEnabled();
    expect(screen.getByRole('button', { name: 'Ask again' })).toBeEnabled();
    expect(screen.queryByText('An administrator has to agree')).toBeNull();
    expect(screen.queryByText(/Nothing is read/)).toBeNull();
  });

  it('says so where there is no link, too', async () => {
    await show(more);
    expect(screen.getByText(/Ask one to approve Daybook at Office 365/)).toBeVisible();
    expect(link()).toBeNull();
  });

  it('says nothing of what works while the integration is switched off', async () => {
    await show({ ...more, state: 'disabled_by_policy', adminConsentUrl: 'https://provider.example/approve' });
    expect(link()).toBeNull();
  });

  it('keeps another trouble, and the link', async () => {
    const problem = { code: 'provider_throttled' as const, detail: '', blame: 'provider' };
    await show({ ...more, problem, adminConsentUrl: 'https://provider.example/approve' });
    expect(screen.getByText('The provider asks for patience')).toBeVisible();
    expect(link()).toBeVisible();
  });

  it('is silent about administrators once that is granted or approved', async () => {
    const { problem: _problem, ...rest } = connection;
    await renderInPortal(<ConnectionCard connection={{ ...rest, ...more }} />, {
      answers: { '/v1/services': services, '/v1/calendars': none },
    });
    expect(await screen.findByText('Missing: Calendar. The rest works.')).toBeVisible();
    expect(screen.queryByText(/administrator/)).toBeNull();
  });
});
