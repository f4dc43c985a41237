// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Meeting } from '@daybook/contracts';
import { refusal, type Answer } from '../../api/testing';
import { aMeeting } from '../../time/testing';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { DeleteMeeting } from './delete-meeting';

const ben = { name: 'Ben', email: 'ben@example.com', response: 'none', role: 'required', isMe: false } as const;
const ours = (more: Partial<Meeting> = {}) => aMeeting('mtg_1', '2036-11-25T09:00:00', { origin: 'client', ...more });
const gone = () => new Response(null, { status: 204 });

async function show(meeting: Meeting, remove: Answer) {
  const [onClose, onGone] = [vi.fn(), vi.fn()];
  const view = await renderInPortal(<DeleteMeeting meeting={meeting} onClose={onClose} onGone={onGone} />, {
    answers: { '/v1/meetings/mtg_1': remove },
  });
  return { ...view, onClose, onGone };
}
const confirm = () => userEvent.click(screen.getByRole('button', { name: 'Delete meeting' }));

describe('DeleteMeeting', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('removes it once confirmed, at the version that was seen', async () => {
    const { server, onGone } = await show(ours(), gone);
    expect(screen.getByText('Tuesday 25 November, 09:00–09:30')).toBeVisible();
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByRole('switch')).toBeNull();
    await confirm();
    await waitFor(() => expect(onGone).toHaveBeenCalledOnce());
    const call = server.calls.find(({ init }) => init.method === 'DELETE');
    expect(call?.path).toBe('/v1/meetings/mtg_1');
    expect(new Headers(call?.init.headers).get('if-match')).toBe('"1"');
  });

  it('stays with the meeting while the provider has not answered', async () => {
    const meeting = ours({ pending: { operation: 'remove', since: '2036-11-24T13:02:00.000Z', waitingFor: 'google' } });
    const { onClose, onGone } = await show(ours(), () => Response.json({ meeting }, { status: 202 }));
    await confirm();
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(onGone).not.toHaveBeenCalled();
  });

  it('asks of a series how much, and about mail where somebody could get it', async () => {
    const series = { id: 'ser_1', rule: [] };
    const { server, onGone } = await show(ours({ series, attendees: [ben] }), gone);
    await userEvent.click(screen.getByRole('radio', { name: 'This one and all that follow' }));
    await userEvent.click(screen.getByRole('switch', { name: /^Tell attendees by mail/ }));
    await confirm();
    await waitFor(() => expect(onGone).toHaveBeenCalledOnce());
    expect(server.calls.map(({ path }) => path)).toContain('/v1/meetings/mtg_1?scope=following&notify=true');
  });

  it('offers to let mail go out where the provider would send some anyway', async () => {
    const { onGone } = await show(ours({ attendees: [ben] }), ({ path }) =>
      path.includes('notify=true') ? gone() : refusal(409, 'would_notify'),
    );
    await confirm();
    expect(await screen.findByText(/Mail would go to Ben\./)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Delete and send mail' }));
    await waitFor(() => expect(onGone).toHaveBeenCalledOnce());
  });

  it('says why it may not, with the provider’s page', async () => {
    const body = {
      code: 'scheduled_elsewhere',
      detail: '',
      blame: 'user',
      correlationId: 'c',
      editUrl: 'https://p.example/1',
    };
    const { onGone } = await show(ours(), () => Response.json(body, { status: 403 }));
    await confirm();
    expect(await screen.findByText('Not scheduled here')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open in its own calendar' })).toHaveAttribute(
      'href',
      'https://p.example/1',
    );
    expect(onGone).not.toHaveBeenCalled();
  });
});
