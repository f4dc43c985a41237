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
  service: 'google',
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

async function show(more: Partial<Connection> = {}) {
  const answers = { '/v1/services': none, '/v1/calendars': none };
  await renderInPortal(<ConnectionCard connection={{ ...connection, ...more }} />, { answers });
}

describe('the card of a connection that waits for an administrator', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('lets a first connection go on at the provider, and says what to do', async () => {
    await show();
    expect(screen.getByRole('button', { name: 'Continue at the provider' })).toBeEnabled();
    expect(screen.getByText(/Ask yours, then go on with the button below/)).toBeVisible();
  });

  it('lets one that has worked before connect again', async () => {
    await show({ account: 'ada@example.com' });
    expect(screen.getByRole('button', { name: 'Connect again' })).toBeEnabled();
  });

  it('promises a link for the administrator only where there is one', async () => {
    await show();
    expect(screen.queryByRole('link', { name: 'Link for the administrator' })).toBeNull();
    cleanup();
    await show({ adminConsentUrl: 'https://provider.example/approve' });
    expect(screen.getByRole('link', { name: 'Link for the administrator' })).toHaveAttribute(
      'href',
      'https://provider.example/approve',
    );
  });
});
