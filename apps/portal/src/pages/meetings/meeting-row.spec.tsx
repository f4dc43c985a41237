// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Meeting } from '@daybook/contracts';
import type { Phase } from '../../time/meeting-days';
import { aMeeting } from '../../time/testing';
import { instantOf } from '../../time/zoned-time';
import { fillBrowserGaps } from '../../testing/browser-gaps';
import { renderInPortal } from '../../testing/render-in-portal';
import { MeetingRow } from './meeting-row';

const calendars = { '/v1/calendars': () => Response.json({ items: [], next: null }) };

async function show(more: Partial<Meeting>, { phase = 'next' as Phase, language = 'en' as 'en' | 'de' } = {}) {
  const meeting = aMeeting('Design review', '2036-11-22T09:00:00', more);
  const zone = 'Europe/Berlin';
  const entry = { meeting, startsAt: instantOf(meeting.start, zone), endsAt: instantOf(meeting.end, zone), phase };
  await renderInPortal(
    <ul>
      <MeetingRow {...entry} mark="#1a73e8" countdown={null} search="" beside={false} chosen={false} />
    </ul>,
    { language, answers: calendars },
  );
}

const other = { ...aMeeting('x', '2036-11-22T09:00:00').join, recognised: false, url: null, provider: null };

beforeAll(fillBrowserGaps);
afterEach(cleanup);

describe('MeetingRow', () => {
  it('has Join for a meeting of ours, which opens the link beside the portal and gives nothing away', async () => {
    await show({});
    const join = screen.getByRole('link', { name: 'Join Design review' });
    expect(join).toHaveAttribute('href', 'https://example.zoom.us/j/85012345678');
    expect(join).toHaveAttribute('target', '_blank');
    expect(join).toHaveAttribute('rel', 'noopener noreferrer');
    expect(screen.queryByText('Not a Zoom meeting')).toBeNull();
  });

  it('says "Not a Zoom meeting" and has no Join otherwise, with the host', async () => {
    await show({ join: other, host: { name: 'Ben', email: 'ben@example.com', isMe: false } });
    expect(screen.getByText('Not a Zoom meeting')).toBeVisible();
    expect(screen.getByText('Host: Ben')).toBeVisible();
    expect(screen.queryByRole('link', { name: /^Join/ })).toBeNull();
  });

  it('says so in German', async () => {
    await show({ join: other }, { language: 'de' });
    expect(screen.getByText('Kein Zoom-Meeting')).toBeVisible();
    expect(screen.getByText('Ada (Sie)')).toBeVisible();
  });

  it('tells nothing of a private meeting of somebody else but that time is taken', async () => {
    await show({ redacted: true, title: null, join: other });
    expect(screen.getByRole('link', { name: 'Busy (private)' })).toBeVisible();
    expect(screen.queryByText('Not a Zoom meeting')).toBeNull();
  });

  it('names the other calendars that hold it', async () => {
    await show({ alsoIn: [{ id: 'm2', calendar: { id: 'c2', name: 'Family', service: 'google' } }] });
    expect(screen.getByText('Also in Family')).toBeVisible();
  });
});
