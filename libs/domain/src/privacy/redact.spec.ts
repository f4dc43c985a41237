import * as fc from 'fast-check';
import type { Visibility } from '../meeting/meeting';
import { isPrivate, type MeetingView, redact, viewFor } from './redact';

function viewWith(secret: string, visibility: Visibility = 'private'): MeetingView {
  return {
    id: 'mtg_1',
    kind: 'webinar',
    title: `title ${secret}`,
    description: `description ${secret}`,
    start: { dateTime: '2026-11-22T09:00:00', timeZone: 'Europe/Berlin' },
    end: { dateTime: '2026-11-22T10:00:00', timeZone: 'Europe/Berlin' },
    allDay: false,
    series: null,
    originalStart: null,
    host: { name: 'Ada', email: 'ada@example.com', isMe: false },
    attendees: [{ name: secret, email: `${secret}@example.com`, response: 'accepted', role: 'required' }],
    response: 'accepted',
    visibility,
    redacted: false,
    location: `location ${secret}`,
    join: {
      recognised: true,
      label: `label ${secret}`,
      provider: secret,
      url: `https://zoom.us/j/${secret}`,
      number: secret,
      passcode: secret,
      because: { field: 'location', rule: secret },
      candidates: [secret],
    },
    editUrl: `https://calendar.example/${secret}`,
  };
}

describe('a redacted meeting', () => {
  it('tells when time is taken and nothing else', () => {
    const view = viewWith('s3cret');
    expect(redact(view)).toMatchObject({
      id: 'mtg_1',
      kind: 'event',
      title: '',
      start: view.start,
      end: view.end,
      redacted: true,
      attendees: [],
      join: { recognised: false, url: null },
    });
  });

  it('holds no trace of what was hidden, in known fields or in ones added later', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), (secret, field) => {
        const view = { [`extra ${field}`]: secret, ...viewWith(secret) };
        expect(JSON.stringify(redact(view))).not.toContain(secret);
      }),
    );
  });

  it('is what a viewer without the right gets of private and confidential meetings only', () => {
    const visible = (['default', 'public', 'private', 'confidential'] as const).filter(
      (visibility) => !viewFor(viewWith('x', visibility), false).redacted,
    );
    expect(visible).toEqual(['default', 'public']);
    expect(viewFor(viewWith('x', 'private'), true).title).toBe('title x');
    expect(isPrivate('confidential')).toBe(true);
  });
});
