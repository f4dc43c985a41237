// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AnnounceContext } from '../../shell/announce-context';
import { aMeeting } from '../../time/testing';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { useMeetingsAddress } from './meeting-filter';
import { MeetingList } from './meeting-list';

const near = aMeeting('Design review', '2036-11-22T09:00:00');
const far = aMeeting('Far away', '2037-12-20T09:00:00');
const coverage = { from: '2036-08-01T00:00:00.000Z', to: '2037-12-27T00:00:00.000Z' };

function List() {
  return <MeetingList address={useMeetingsAddress()} beside={false} chosen={null} />;
}

async function show(freshness?: object, language: 'en' | 'de' = 'en') {
  const answers = {
    '/v1/calendars': () => Response.json({ items: [], next: null }),
    '/v1/meetings': ({ path }: { path: string }) =>
      Response.json({
        ...(path.includes('cursor=c2') ? { items: [far], next: null } : { items: [near], next: 'c2' }),
        freshness,
      }),
  };
  const list = (
    <AnnounceContext.Provider value={() => {}}>
      <List />
    </AnnounceContext.Provider>
  );
  const shown = await renderInPortal(list, { answers, language });
  fireEvent.click(await screen.findByRole('button', { name: /Show later meetings|Spätere Meetings/ }));
  await screen.findByText('Far away');
  return shown.server.calls
    .map(({ path }) => new URL(path, 'http://localhost'))
    .filter(({ pathname }) => pathname === '/v1/meetings');
}

describe('the list of what is ahead', () => {
  beforeAll(fillBrowserGaps);
  afterEach(cleanup);

  it('asks to the end of what the server has, without an end of its own', async () => {
    const asked = await show({ stale: false, sources: [], coverage });
    expect(asked.map(({ searchParams }) => [searchParams.has('from'), searchParams.has('to')])).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  it('says until when it reaches, with the year, and where what is later can be seen', async () => {
    await show({ stale: false, sources: [], coverage });
    expect(
      screen.getByText(/^No more meetings until Saturday,? 26 December 2037\. The day, week and month/),
    ).toBeVisible();
    expect(screen.getByText(/20 December 2037/)).toBeVisible();
  });

  it('says the same in German', async () => {
    await show({ stale: false, sources: [], coverage }, 'de');
    expect(screen.getByText(/^Keine weiteren Meetings bis Samstag, 26\. Dezember 2037\./)).toBeVisible();
  });

  it('claims nothing about an end that the server did not name', async () => {
    await show();
    expect(screen.getByText('No more meetings ahead.')).toBeVisible();
  });
});
