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
