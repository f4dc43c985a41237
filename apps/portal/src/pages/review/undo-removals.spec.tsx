// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refusal, type Answer } from '../../api/testing';
import { AnnounceContext } from '../../shell/announce-context';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { aCalendar } from '../../testing/samples';
import { HeldReviews, ReviewsOfConnection } from './held-reviews';

const PATH = '/v1/calendars/cal_1/undo-removals';
const undoable = { removed: 250, since: '2026-11-25T10:00:00.000Z' };

async function show(undo: Answer, at: 'card' | 'meetings' = 'card') {
  const said: string[] = [];
  const note = at === 'card' ? <ReviewsOfConnection connectionId="con_1" /> : <HeldReviews />;
  const answers = {
    '/v1/calendars': () => Response.json({ items: [aCalendar({ undoable })], next: null }),
    [PATH]: undo,
  };
  const within = <AnnounceContext.Provider value={(word) => void said.push(word)}>{note}</AnnounceContext.Provider>;
  return { said, server: (await renderInPortal(within, { answers })).server };
}

describe('deletions that were let through', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('are put back until nothing is left, and say how many', async () => {
    let round = 0;
    const { said, server } = await show(() => {
      round += 1;
      return Response.json(round === 1 ? { restored: 200, more: true } : { restored: 50, more: false });
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Put them back' }));
    await waitFor(() => expect(said).toEqual(['Back, in no calendar: 250.']));
    const sent = server.calls.filter(({ path }) => path === PATH).map(({ init }) => init.body);
    expect(sent).toEqual([JSON.stringify({ since: undoable.since }), JSON.stringify({ since: undoable.since })]);
  });

  it('say what stands in the way', async () => {
    await show(() => refusal(403, 'permission_missing'));
    fireEvent.click(await screen.findByRole('button', { name: 'Put them back' }));
    expect(await screen.findByRole('alert')).toBeVisible();
  });

  it('do not stand above the meetings for a month', async () => {
    const { server } = await show(() => Response.json({ restored: 0, more: false }), 'meetings');
    await waitFor(() => expect(server.countOf('/v1/calendars')).toBe(1));
    expect(screen.queryByRole('group')).toBeNull();
  });
});
