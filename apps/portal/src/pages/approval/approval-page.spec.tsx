// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { ApprovalPage } from './approval-page';

beforeAll(fillBrowserGaps);
afterEach(cleanup);

it('thanks an administrator who approved, and says who goes on', async () => {
  await renderInPortal(<ApprovalPage />, { at: '/approval?result=approved' });
  await screen.findByRole('heading', { name: 'Thank you, Daybook is approved' });
  expect(screen.getByRole('alert').textContent).toContain('can go on');
});

it('says of everything else that nothing was approved', async () => {
  await renderInPortal(<ApprovalPage />, { at: '/approval?result=nonsense' });
  expect(await screen.findByRole('heading', { name: 'Daybook was not approved' })).toBeTruthy();
});
