// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Meeting } from '@daybook/contracts';
import { refusal, type Answer } from '../../api/testing';
import { aMeeting } from '../../time/testing';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { MeetingDetail } from './meeting-detail';

const since = '2036-11-24T13:02:00.000Z';
const service = { service: 'google', label: 'Google', methods: [], permissions: [], offered: true };
const all = { join: true, edit: true, delete: true, reasons: {} };
const ours = (more: Partial<Meeting> = {}) =>
  aMeeting('mtg_1', '2036-11-25T09:00:00', { origin: 'client', actions: all, ...more });
const pending = (operation: 'create' | 'update' | 'remove') => ({ operation, since, waitingFor: 'google' as const });

async function show(meeting: Meeting, answers: Record<string, Answer> = {}) {
  const onClose = vi.fn();
  const view = await renderInPortal(<MeetingDetail id="mtg_1" beside onClose={onClose} />, {
    answers: {
      '/v1/services': () => Response.json({ items: [service], next: null }),
      '/v1/meetings/mtg_1': () => Response.json(meeting),
      ...answers,
    },
  });
  await screen.findByRole('heading', { name: meeting.title ?? '' });
  return { ...view, onClose };
}

beforeAll(fillBrowserGaps);
afterEach(cleanup);

describe('a write that waits', () => {
  it('says for whom and since when, and can be withdrawn', async () => {
    let now = ours({ pending: pending('update') });
    const { onClose } = await show(now, {
      '/v1/meetings/mtg_1': () => Response.json(now),
      '/v1/meetings/mtg_1/withdraw': () => Response.json({ meeting: (now = ours({ title: 'As before' })) }),
    });
    expect(await screen.findByText(/^Waiting for Google since .*14:02$/)).toBeVisible();
    expect(screen.getByText(/The calendar follows as soon as Google answers/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
    await waitFor(() => expect(screen.getByRole('heading', { name: 'As before' })).toBeVisible());
    expect(onClose).not.toHaveBeenCalled();
  });

  it('leaves nothing behind when it was the creation', async () => {
    const { onClose } = await show(ours({ pending: pending('create') }), {
      '/v1/meetings/mtg_1/withdraw': () => Response.json({ meeting: null }),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });

  it('says when it could not be withdrawn', async () => {
    await show(ours({ pending: pending('update') }), {
      '/v1/meetings/mtg_1/withdraw': () => refusal(409, 'conflict'),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('That does not fit any more');
  });

  it('is not edited or deleted once more while it is a removal', async () => {
    await show(ours({ pending: pending('remove') }));
    expect(screen.queryByRole('link', { name: 'Edit' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
  });
});

describe('what did not come about', () => {
  it('says why, and that the meeting is as before', async () => {
    await show(ours({ refused: { operation: 'update', at: since, code: 'provider_refused' } }));
    expect(screen.getByText('Your change did not come about')).toBeVisible();
    expect(await screen.findByText('Google said no to it. The meeting is as it was before.')).toBeVisible();
  });

  it('lists what gave way to the calendar’s own change', async () => {
    await show(ours({ overridden: [{ field: 'title', value: 'My topic', at: since }] }));
    expect(screen.getByText(/^Topic: you had entered “My topic”/)).toBeVisible();
  });

  it('says that attendees are kept here only', async () => {
    const attendee = { name: 'Ben', email: 'b@example.com', response: 'none', role: 'required', isMe: false } as const;
    await show(ours({ attendees: [attendee], attendeesAtProvider: false }));
    expect(screen.getByText(/^Attendees are kept here only/)).toBeVisible();
  });
});

describe('a meeting without a calendar', () => {
  it('says so, and breaks nothing', async () => {
    await show(ours({ calendar: null, editUrl: null }));
    expect(screen.getByText('No calendar: it is kept in Daybook only.')).toBeVisible();
  });
});
