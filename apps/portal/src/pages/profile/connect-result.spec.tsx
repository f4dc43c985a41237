// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '@daybook/contracts';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { ConnectResult } from './connect-result';

const part = { state: 'off' as const, freshness: { stale: false, sources: [] } };
const waiting: Connection = {
  id: 'con_1',
  service: 'office365',
  method: 'oauth2',
  account: null,
  state: 'awaiting_admin',
  calendar: part,
  contacts: part,
  permissions: {
    wanted: { calendar: 'readWrite', contacts: 'none' },
    granted: { calendar: 'none', contacts: 'none' },
    missing: [],
  },
  problem: { code: 'admin_approval_needed', detail: '', blame: 'admin' },
  version: 'c1',
};

function show(more: Partial<Connection> = {}) {
  const connections = () => Response.json({ items: [{ ...waiting, ...more }], next: null });
  return renderInPortal(<ConnectResult />, {
    answers: { '/v1/services': () => Response.json({ items: [], next: null }), '/v1/connections': connections },
    at: '/?result=awaiting_admin&code=admin_approval_needed&connection=con_1',
  });
}

describe('coming back from a provider where an administrator has to agree', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('says that nothing is read until then', async () => {
    await show();
    expect(await screen.findByText(/nothing is read until then/)).toBeVisible();
  });

  it('says that what was granted before goes on, where it was about more', async () => {
    const permissions = { ...waiting.permissions, granted: { calendar: 'read', contacts: 'none' } as const };
    await show({ account: 'ada@example.com', state: 'active', permissions: { ...permissions, missing: ['calendar'] } });
    expect(await screen.findByText(/What was granted before goes on working/)).toBeVisible();
    expect(screen.queryByText(/nothing is read/)).toBeNull();
  });
});
