import { ADA, BEN, CALENDAR_SCOPE, NOW, TestSimulator, timed } from '../testing/start-simulator';

const ICS = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:series@elsewhere.example',
  'DTSTART;TZID=Europe/Berlin:20261123T090000',
  'DTEND;TZID=Europe/Berlin:20261123T100000',
  'RRULE:FREQ=WEEKLY;COUNT=4',
  'EXDATE;TZID=Europe/Berlin:20261214T090000',
  'SUMMARY:Series',
  'ORGANIZER;CN=Eve:mailto:eve@elsewhere.example',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.com',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:series@elsewhere.example',
  'RECURRENCE-ID;TZID=Europe/Berlin:20261130T090000',
  'DTSTART;TZID=Europe/Berlin:20261130T150000',
  'DTEND;TZID=Europe/Berlin:20261130T160000',
  'SUMMARY:Series, moved',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:broken@elsewhere.example',
  'DTSTART:whenever',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

describe('the control side', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start({ demo: true });
  });
  afterEach(() => subject.close());

  it('starts with demo mailboxes and goes back to them', () => {
    const titles = (): (string | undefined)[] => subject.control.events(ADA).map(({ summary }) => summary);
    const demo = titles();
    expect(demo).toEqual(
      expect.arrayContaining(['Team weekly', 'Dentist', 'Company day off', 'Product update for customers']),
    );
    expect(subject.control.instances(ADA, 'demo0a0')).toHaveLength(19);
    subject.control.insertEvent(ADA, { summary: 'Mine', start: { date: '2026-12-01' }, end: { date: '2026-12-02' } });
    subject.control.createMailbox({ email: 'zoe@example.com' });
    subject.control.reset();
    expect(titles()).toEqual(demo);
    expect(subject.control.mailboxes()).toHaveLength(4);
  });

  it('loads a calendar file, series with exceptions included, and names what it could not read', async () => {
    expect(subject.control.importIcs(BEN, ICS)).toEqual({
      imported: 2,
      unreadable: [{ line: 19, reason: expect.stringContaining('whenever') }],
    });
    const loaded = subject.control.events(BEN).filter(({ iCalUID }) => iCalUID === 'series@elsewhere.example');
    expect(loaded).toMatchObject([
      {
        summary: 'Series',
        recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE:20261214T080000Z'],
        organizer: { email: 'eve@elsewhere.example', displayName: 'Eve' },
      },
      {
        summary: 'Series, moved',
        recurringEventId: loaded[0]?.id,
        originalStartTime: { dateTime: '2026-11-30T09:00:00+01:00' },
      },
    ]);
    expect(
      subject.control.instances(BEN, loaded[0]?.id ?? '').map(({ start }) => start?.dateTime?.slice(0, 16)),
    ).toEqual(['2026-11-23T09:00', '2026-11-30T15:00', '2026-12-07T09:00']);
    const before = subject.control.events(BEN);
    subject.control.importIcs(BEN, ICS);
    expect(subject.control.events(BEN)).toEqual(before);
  });

  it('seeds the same events for the same seed', async () => {
    subject.control.seed('cleo@example.com', { events: 300, seed: 4 });
    const first = subject.control.events('cleo@example.com');
    subject.control.reset();
    subject.control.seed('cleo@example.com', { events: 300, seed: 4 });
    expect(subject.control.events('cleo@example.com').map(({ id, start }) => [id, start])).toEqual(
      first.map(({ id, start }) => [id, start]),
    );
    expect(first.length).toBeGreaterThanOrEqual(300);
  });

  it('notes every version it served', async () => {
    const { body } = await subject.list({ maxResults: '3' });
    const { served } = subject.control.ledger(ADA);
    expect(served).toHaveLength(3);
    expect(served.map(({ itemId, version }) => [itemId, version])).toEqual(
      body.items?.map(({ id, etag }) => [id, etag]),
    );
  });

  it('notes writes that somebody sent, and none for what it put there itself', async () => {
    subject.control.importIcs(BEN, ICS);
    subject.control.seed(BEN, { events: 3, seed: 1 });
    subject.control.reset();
    subject.control.importIcs(ADA, ICS);
    subject.control.seed(ADA, { events: 3, seed: 1 });
    expect(subject.control.ledger()).toEqual({ served: [], writes: [], mails: [] });
    const token = subject.control.issueToken(ADA, CALENDAR_SCOPE).accessToken;
    const event = { id: 'sent1', ...timed('Sent', '2026-12-01') };
    await subject.call('POST', 'calendars/primary/events', { body: event, token });
    expect(subject.control.ledger(ADA).writes).toMatchObject([{ operation: 'insert', itemId: 'sent1' }]);
  });

  it('goes back to the real time first, so that the demo mailboxes are of today', () => {
    const starts = (): unknown[] => subject.control.events(ADA).map(({ start }) => start);
    const today = starts();
    subject.control.setClock('2031-05-06T10:00:00Z');
    subject.control.reset();
    expect(subject.control.now()).toBe(NOW);
    expect(starts()).toEqual(today);
  });

  it('refuses what it does not know', () => {
    expect(() => subject.control.createMailbox({ email: ADA })).toThrow(expect.objectContaining({ code: 'exists' }));
    expect(() => subject.control.events('nobody@example.com')).toThrow(
      expect.objectContaining({ code: 'unknown_mailbox' }),
    );
    expect(() => subject.control.issueToken(ADA, 'everything')).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => subject.control.setClock('soon')).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});
