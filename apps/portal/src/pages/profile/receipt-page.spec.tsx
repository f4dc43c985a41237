// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '@daybook/contracts';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { ReceiptPage } from './receipt-page';

const receipt: Receipt = {
  id: 'rcp_1',
  connectionId: 'con_1',
  service: 'google',
  account: 'ada@example.com',
  deletedAt: '2036-11-22T09:00:00.000Z',
  completedAt: null,
  revocation: 'unreachable',
  secretsDestroyed: true,
  subscriptions: 'stopped',
  purged: null,
  notes: [{ code: 'remove_it_yourself', detail: 'In English.' }],
};

async function show(more: object = {}, language: 'en' | 'de' = 'de') {
  const answers = {
    '/v1/services': () => Response.json({ items: [], next: null }),
    '/v1/receipts/rcp_1': () => Response.json({ ...receipt, ...more }),
  };
  const page = (
    <Routes>
      <Route path="/receipts/:receiptId" element={<ReceiptPage />} />
    </Routes>
  );
  await renderInPortal(page, { language, answers, at: '/receipts/rcp_1' });
  await screen.findByText('rcp_1');
}

describe('the receipt of a deletion', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('speaks German to the end', async () => {
    await show();
    expect(
      screen.getByText('nicht zurückgegeben, weil der Anbieter einen Tag lang nicht geantwortet hat'),
    ).toBeVisible();
    expect(screen.getByText(/^Sie können den Zugriff selbst entfernen/)).toBeVisible();
    expect(screen.queryByText('In English.')).toBeNull();
  });

  it('does not say that it was given up while it is still tried', async () => {
    await show({ secretsDestroyed: false, notes: [] });
    expect(screen.getByText(/^noch nicht zurückgegeben/)).toBeVisible();
  });

  it('says of a consent the provider did not know that it had ended, and asks nothing of the person', async () => {
    await show({ revocation: 'refused', notes: [] }, 'en');
    expect(screen.getByText('had ended before; the provider did not know it any more')).toBeVisible();
    expect(screen.queryByText(/settings/)).toBeNull();
  });

  it('keeps the sentence of a newer server, marked as English', async () => {
    await show({ notes: [{ code: 'something_new', detail: 'In English.' }] });
    expect(screen.getByText('In English.')).toHaveAttribute('lang', 'en');
  });
});
