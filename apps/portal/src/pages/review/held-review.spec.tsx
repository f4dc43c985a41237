// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarReview } from '@daybook/contracts';
import type { Language } from '../../i18n/i18n';
import { refusal, type Answer } from '../../api/testing';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { aCalendar } from '../../testing/samples';
import { ReviewsOfConnection } from './held-reviews';

const PATH = '/v1/calendars/cal_1/review';
const counts = { removing: 40, existing: 60, since: '2026-11-25T10:00:00.000Z' };
const itemAt = (id: string, title: string | null) => ({
  id,
  title,
  start: { dateTime: '2026-12-01T10:00:00', timeZone: 'Europe/Berlin' },
  redacted: title === null,
});
const reviewOf = (more: Partial<CalendarReview> = {}): CalendarReview => ({
  ...counts,
  applied: false,
  items: [itemAt('mtg_1', 'Design review'), itemAt('mtg_2', null)],
  next: 'v1.1',
  version: 'v1',
  ...more,
});

describe('deletions that are held back', () => {
  let review: CalendarReview;
  let answered: Answer;
  beforeAll(fillBrowserGaps);
  beforeEach(() => {
    review = reviewOf();
    answered = () => Response.json({}, { status: 202 });
  });
  afterEach(cleanup);

  async function show({ held = true, language = 'en' }: { held?: boolean; language?: Language } = {}) {
    const calendars = [
      aCalendar({ id: 'cal_1', review: held ? counts : null }),
      aCalendar({ id: 'cal_2', connectionId: 'con_2' }),
    ];
    const answers: Record<string, Answer> = {
      '/v1/calendars': () => Response.json({ items: calendars, next: null }),
      [`${PATH}?cursor=v1.1`]: () =>
        Response.json(reviewOf({ items: [itemAt('mtg_3', 'On the next page')], next: null })),
      [PATH]: (call) => (call.init.method === 'POST' ? answered(call) : Response.json(review)),
    };
    return (await renderInPortal(<ReviewsOfConnection connectionId="con_1" />, { answers, language })).server;
  }
  const sent = (server: Awaited<ReturnType<typeof show>>) =>
    server.calls.filter(({ path, init }) => path === PATH && init.method === 'POST').map(({ init }) => init);
  const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
  const confirm = async (name: string) =>
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name }));

  it('say how much would vanish, and what, a page at a time', async () => {
    await show();
    expect(await screen.findByText(/no longer shows 40 of 60 items/)).toBeVisible();
    await press('What would vanish');
    const list = await screen.findByRole('list', { name: 'What would vanish' });
    expect(within(list).getByRole('link', { name: 'Design review' })).toHaveAttribute('href', '/meetings/mtg_1');
    expect(within(list).getByRole('link', { name: 'Busy (private)' })).toBeVisible();
    await press('Show more');
    expect(await within(list).findByRole('link', { name: 'On the next page' })).toBeVisible();
  });

  it('are not there where nothing is held', async () => {
    const server = await show({ held: false });
    await waitFor(() => expect(server.countOf('/v1/calendars')).toBe(1));
    expect(screen.queryByRole('group')).toBeNull();
    expect(server.countOf(PATH)).toBe(0);
  });

  it.each([
    ['Apply', 'Remove', 'apply'],
    ['Keep and resync', 'Keep and resync', 'resync'],
  ])('send %s only after it was confirmed, with the version that was on show', async (button, sure, action) => {
    const server = await show();
    await press(button);
    expect(sent(server)).toEqual([]);
    await confirm(sure);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [init] = sent(server);
    expect(init?.body).toBe(JSON.stringify({ action }));
    expect(new Headers(init?.headers).get('If-Match')).toBe('"v1"');
  });

  it('say that the set is another one by now, and ask for what it is', async () => {
    answered = () => refusal(412, 'version_conflict');
    const server = await show();
    await press('Apply');
    review = reviewOf({ removing: 41, version: 'v2' });
    await confirm('Remove');
    expect(await within(screen.getByRole('dialog')).findByRole('alert')).toBeVisible();
    await waitFor(() => expect(screen.getByText(/no longer shows 41 of 60/)).toBeInTheDocument());
    expect(server.countOf(PATH)).toBeGreaterThan(2);
  });

  it('offer no answer any more while they are being removed', async () => {
    review = reviewOf({ applied: true });
    await show();
    expect(await screen.findByText('They are being removed.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
  });

  it('speak German', async () => {
    await show({ language: 'de' });
    await press('Behalten und neu abgleichen');
    expect(await screen.findByRole('dialog', { name: 'Alles in Work behalten?' })).toBeVisible();
  });
});
