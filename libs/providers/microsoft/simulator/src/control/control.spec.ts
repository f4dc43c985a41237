import { ADA, BEN, CALENDARS, NOW, TestSimulator } from '../testing/start-simulator';

const ICS = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:series@elsewhere.example',
  'DTSTART;TZID=Europe/Berlin:20261123T090000',
  'DTEND;TZID=Europe/Berlin:20261123T100000',
  'RRULE:FREQ=WEEKLY;COUNT=4',
  'EXDATE;TZID=Europe/Berlin:20261214T090000',
  'SUMMARY:Series',
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
  'BEGIN:VEVENT',
  'UID:odd@elsewhere.example',
  'DTSTART:20261123T090000Z',
  'DTEND:20261123T100000Z',
  'RRULE:FREQ=YEARLY;BYWEEKNO=20',
  'SUMMARY:No counterpart',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

describe('the control side of the simulated Microsoft', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start({ demo: true });
  });
  afterEach(() => subject.close());

  const subjects = (email = ADA): unknown[] => subject.control.events(email).map(({ subject: title }) => title);

  it('starts with demo mailboxes, a series with a moved and a removed occurrence among them, and goes back to them', () => {
    const demo = subjects();
    expect(demo).toEqual(expect.arrayContaining(['Product council', 'Salary review', 'Office closed']));
    const series = subject.control.events(ADA).find(({ subject: title }) => title === 'Product council');
    const occurrences = subject.control.instances(ADA, series?.id ?? '');
    expect(occurrences).toHaveLength(15);
    expect(occurrences.filter(({ type }) => type === 'exception')).toMatchObject([
      { subject: 'Product council (moved)' },
    ]);
    // Nobody sent them.
    expect(subject.control.ledger()).toMatchObject({ writes: [], mails: [] });
    subject.control.insertEvent(ADA, { subject: 'Mine', ...hour('2026-12-01') });
    subject.control.reset();
    expect(subjects()).toEqual(demo);
    expect(subject.control.mailboxes()).toHaveLength(4);
    expect(subject.control.mailboxes()[0]).toMatchObject({ timeZone: 'Europe/Berlin' });
  });

  const hour = (day: string) => ({
    start: { dateTime: `${day}T09:00:00`, timeZone: 'Europe/Vienna' },
    end: { dateTime: `${day}T10:00:00`, timeZone: 'Europe/Vienna' },
  });

  it('loads a calendar file, series with exceptions included, and names what it could not take', () => {
    const load = () => subject.control.importIcs(BEN, ICS);
    const receipt = {
      imported: 2,
      unreadable: [
        { line: 17, reason: expect.stringContaining('whenever') },
        { line: 21, reason: expect.stringContaining('BYWEEKNO') },
      ],
    };
    expect(load()).toEqual(receipt);
    const before = subject.control.events(BEN);
    const series = before.find(({ subject: title }) => title === 'Series');
    expect(subject.control.instances(BEN, series?.id ?? '').map(({ subject: title }) => title)).toEqual([
      'Series',
      'Series, moved',
      'Series',
    ]);
    expect(load()).toEqual(receipt);
    expect(subject.control.events(BEN)).toEqual(before);
  });

  it('fills a calendar with the same events for the same seed', async () => {
    subject.control.seed(BEN, { events: 200, seed: 7 });
    const seeded = ({ control }: TestSimulator) =>
      control.events(BEN).filter(({ subject: title }) => / \d+$/.test(String(title)));
    const first = seeded(subject);
    expect(first).toHaveLength(200);
    expect(first.filter(({ type }) => type === 'seriesMaster').length).toBeGreaterThan(0);
    expect(first.filter(({ isAllDay }) => isAllDay === true).length).toBeGreaterThan(0);
    const other = await TestSimulator.start({ demo: true });
    other.control.seed(BEN, { events: 200, seed: 7 });
    const second = seeded(other);
    await other.close();
    const told = (events: typeof first) =>
      events.map(({ id, subject: title, start, iCalUId }) => [id, title, start, iCalUId]);
    expect(told(second)).toEqual(told(first));
  });

  it('refuses what makes no sense, and says why', () => {
    const refused = (order: () => unknown) =>
      expect(order).toThrow(expect.objectContaining({ code: expect.any(String) }));
    refused(() => subject.control.createMailbox({ email: ADA }));
    refused(() => subject.control.createMailbox({ email: 'nobody' }));
    refused(() => subject.control.createMailbox({ email: 'a@b.example', timeZone: 'Mars/Olympus' }));
    refused(() => subject.control.seed('nobody@example.com', { events: 1, seed: 1 }));
    refused(() => subject.control.issueToken(ADA, 'Everything'));
    refused(() => subject.control.issueToken(ADA, ''));
    refused(() => subject.control.setClock('soon'));
  });

  it('hands out tokens, tells what was written, shares calendars and keeps a person’s answer', async () => {
    const { accessToken } = subject.control.issueToken(ADA, CALENDARS);
    expect((await subject.graph('/me/events', accessToken)).status).toBe(200);
    expect(subject.control.ledger(ADA).served.length).toBeGreaterThan(0);
    const shared = subject.control.share(BEN, ADA, 'read');
    const { accessToken: wide } = subject.control.issueToken(ADA, 'Calendars.Read Calendars.Read.Shared');
    expect((await subject.graph(`/me/calendars/${shared}/events`, wide)).status).toBe(200);
    const event = subject.control.insertEvent(ADA, {
      subject: 'Asked',
      ...hour('2026-12-02'),
      attendees: [{ type: 'required', emailAddress: { address: BEN } }],
    });
    expect(subject.control.ledger(ADA).mails).toMatchObject([{ to: BEN }]);
    const copy = subject.control.events(BEN).find(({ subject: title }) => title === 'Asked');
    subject.control.respond(BEN, copy?.id ?? '', 'accepted');
    expect(subject.control.event(BEN, copy?.id ?? '')).toMatchObject({ responseStatus: { response: 'accepted' } });
    subject.control.updateEvent(ADA, event.id, { subject: 'Asked again' });
    subject.control.deleteEvent(ADA, event.id);
    expect(subject.control.event(ADA, event.id)).toBeNull();
    expect(subject.control.agenda(ADA, NOW, NOW + 86_400_000)).toEqual(expect.any(Array));
  });

  it('shows an event on the page its link leads to, a private one without what it is about', async () => {
    const page = async (title: string) => {
      const event = subject.control.events(ADA).find(({ subject: own }) => own === title);
      return subject.page(String(event?.['webLink']).slice(subject.running.baseUrl.length));
    };
    expect(await page('Product council')).toMatchObject({ status: 200, html: expect.stringContaining('weekly') });
    const hidden = await page('Salary review');
    expect([hidden.status, hidden.html.includes('Salary')]).toEqual([200, false]);
    expect((await subject.page('/owa/?itemid=x')).status).toBe(404);
    expect((await subject.page('/')).html).toContain('Microsoft 365 simulator');
  });
});
