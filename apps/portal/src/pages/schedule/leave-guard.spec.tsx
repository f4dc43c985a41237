// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aMeeting } from '../../time/testing';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { showPages } from './testing';

const editable = { join: true, edit: true, delete: true, reasons: {} };
const meeting = aMeeting('mtg_1', '2036-11-25T09:00:00', { title: 'Review', origin: 'client', actions: editable });
const topic = () => screen.findByLabelText('Topic');
const cancel = () => userEvent.click(screen.getByRole('link', { name: 'Cancel' }));
const dialog = () => screen.queryByRole('dialog', { name: 'Leave without saving?' });
/** Whether the browser would ask before the tab is closed. */
const closingAsks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

describe('leaving a form', { timeout: 30_000 }, () => {
  beforeAll(fillBrowserGaps);
  beforeEach(() => sessionStorage.clear());
  afterEach(cleanup);

  it('asks nothing while nothing is entered, or no longer', async () => {
    await showPages('/meetings/new');
    expect(closingAsks()).toBe(false);
    await userEvent.type(await topic(), 'P{Backspace}');
    expect(closingAsks()).toBe(false);
    await cancel();
    await screen.findByText('at /meetings');
  });

  it('asks before what is entered is lost, and stays with all of it', async () => {
    await showPages('/meetings/new');
    await userEvent.type(await topic(), 'Planning');
    expect(closingAsks()).toBe(true);
    await cancel();
    expect(dialog()).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Stay' }));
    expect(dialog()).toBeNull();
    expect(await topic()).toHaveValue('Planning');
    await cancel();
    await userEvent.click(screen.getByRole('button', { name: 'Leave' }));
    await screen.findByText('at /meetings');
    expect(closingAsks()).toBe(false);
  });

  it('asks on the way back as well, and not of what was saved', async () => {
    const done = () => Response.json({ meeting, editUrl: null });
    const { router } = await showPages('/meetings/mtg_1', {
      '/v1/meetings/mtg_1': ({ init }) => (init.method === 'PATCH' ? done() : Response.json(meeting)),
    });
    await act(() => router.navigate('/meetings/mtg_1/edit'));
    await userEvent.type(await topic(), ' of all');
    await act(() => router.navigate(-1));
    expect(dialog()).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Stay' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('at /meetings/mtg_1');
    expect(dialog()).toBeNull();
  });

  it('lets go when the session has ended', async () => {
    const { router } = await showPages('/meetings/new');
    await userEvent.type(await topic(), 'Planning');
    await act(() => router.navigate('/sign-in'));
    await screen.findByText('at /sign-in');
  });
});
