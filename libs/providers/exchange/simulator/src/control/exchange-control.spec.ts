import { appointment, create, find, remove } from '../items/testing/item-requests';
import { idIn } from '../http/testing/exchange-bench';
import { ADA, BEN, NOW, TestSimulator, textsIn } from '../testing/start-simulator';
import { childOf, childrenOf, element, textOf } from '../wire/element';

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
const DAY = 86_400_000;

describe('the control side of the simulated Exchange', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start({ demo: true });
  });
  afterEach(async () => {
    expect(subject.bugs).toEqual([]);
    await subject.close();
  });

  const subjects = (email = ADA): (string | null)[] =>
    subject.control.items(email).map((item) => textOf(item, 'Subject'));
  const agenda = (email: string, days: number): string[] =>
    subject.control
      .agenda(email, NOW - 14 * DAY, NOW + days * DAY)
      .map((item) => `${textOf(item, 'Start') ?? ''} ${textOf(item, 'Subject') ?? ''}`);

  it('starts with demo mailboxes, a series with a moved and a removed occurrence among them, and goes back to them', async () => {
    const demo = subjects();
    expect(demo).toEqual(expect.arrayContaining(['Operations weekly', 'Security audit', 'Stocktaking']));
    expect(
      subject.control.mailboxes().map(({ email, calendars, contacts }) => [email, calendars[0]?.events, contacts]),
    ).toEqual([
      ['admin@example.com', 0, 0],
      [ADA, 7, 3],
      [BEN, 4, 0],
      ['cleo@example.com', 0, 0],
    ]);
    expect(agenda(ADA, 14).filter((line) => line.includes('Operations'))).toEqual([
      '2026-11-11T08:15:00Z Operations weekly',
      '2026-11-20T13:30:00Z Operations weekly (moved)',
      '2026-12-02T08:15:00Z Operations weekly',
    ]);
    // Nobody sent them.
    expect(subject.control.ledger()).toEqual({ served: [], writes: [], mails: [] });
    await subject.control.createItem(ADA, element('CalendarItem', [element('Subject', 'Mine'), ...hour('2026-12-01')]));
    subject.control.reset();
    expect(subjects()).toEqual(demo);
    expect(subject.control.ledger().writes).toEqual([]);
  });

  const hour = (day: string) => [element('Start', `${day}T09:00:00Z`), element('End', `${day}T10:00:00Z`)];

  it('shows an all-day item as whole days of its zone', () => {
    const item = subject.control.items(ADA).find((one) => textOf(one, 'Subject') === 'Stocktaking') ?? null;
    expect([textOf(item, 'Start'), textOf(item, 'End'), textOf(item, 'IsAllDayEvent')]).toEqual([
      '2026-11-28T23:00:00Z',
      '2026-11-29T23:00:00Z',
      'true',
    ]);
  });

  it('loads a calendar file, series with exceptions included, and names what it could not take', () => {
    const load = () => subject.control.importIcs(BEN, ICS);
    const receipt = {
      imported: 1,
      unreadable: [
        { line: 17, reason: expect.stringContaining('whenever') },
        { line: 21, reason: expect.stringContaining('BYWEEKNO') },
      ],
    };
    const before = subjects(BEN);
    expect(load()).toEqual(receipt);
    const loaded = subject.control.items(BEN);
    expect(subjects(BEN)).toEqual([...before, 'Series']);
    expect(agenda(BEN, 40).filter((line) => line.includes('Series'))).toEqual([
      '2026-11-23T08:00:00Z Series',
      '2026-11-30T14:00:00Z Series, moved',
      '2026-12-07T08:00:00Z Series',
    ]);
    expect(load()).toEqual(receipt);
    expect(subject.control.items(BEN)).toEqual(loaded);
    expect(subject.control.ledger(BEN).writes).toEqual([]);
  });

  it('fills mailboxes with the same items for the same seed', async () => {
    subject.control.seed(BEN, { events: 200, contacts: 50, seed: 7 });
    const other = await TestSimulator.start({ demo: true });
    other.control.seed(BEN, { events: 200, contacts: 50, seed: 7 });
    const seeded = ({ control }: TestSimulator) =>
      ['calendar', 'contacts'].flatMap((folder) =>
        control
          .items(BEN, folder)
          .filter((item) => / \d+$/.test(textOf(item, 'Subject') ?? ' 0'))
          .map((item) => [childOf(item, 'ItemId')?.attributes['Id'], textOf(item, 'Subject'), textOf(item, 'FileAs')]),
      );
    const first = seeded(subject);
    expect(first).toHaveLength(250);
    expect(seeded(other)).toEqual(first);
    await other.close();
    const [person] = subject.control.items(BEN, 'contacts');
    const numbers = childrenOf(childOf(person ?? null, 'PhoneNumbers'), 'Entry');
    expect(numbers[0]).toMatchObject({ attributes: { Key: 'BusinessPhone' }, text: expect.stringMatching(/^[+0]/) });
    const listed = await subject.ask(find('contacts', '', { base: 'AllProperties' }), { user: BEN });
    expect([listed.status, textsIn(listed, 'GivenName').length]).toEqual([200, 50]);
  });

  it('refuses what makes no sense, and says why', async () => {
    const refused = (order: () => unknown, code: string) =>
      expect(order).toThrow(expect.objectContaining({ code, message: expect.any(String) }));
    refused(() => subject.control.createMailbox({ email: ADA }), 'exists');
    refused(() => subject.control.createMailbox({ email: 'nobody' }), 'invalid');
    refused(() => subject.control.createMailbox({ email: 'a@b.example', timeZone: 'Mars/Olympus' }), 'invalid');
    refused(() => subject.control.seed('nobody@example.com', { events: 1, seed: 1 }), 'unknown_mailbox');
    refused(() => subject.control.addFault({ kind: 'cut', email: 'nobody@example.com' }), 'unknown_mailbox');
    refused(() => subject.control.issueToken(ADA, 'Everything'), 'invalid');
    refused(() => subject.control.setClock('soon'), 'invalid');
    const backwards = [element('Start', '2026-12-01T10:00:00Z'), element('End', '2026-12-01T09:00:00Z')];
    await expect(subject.control.createItem(ADA, element('CalendarItem', backwards))).rejects.toMatchObject({
      responseCode: 'ErrorCalendarEndDateIsEarlierThanStartDate',
    });
  });

  it('notes what clients were served and wrote, part by part, and which mails went out', async () => {
    const made = await subject.ask(create(appointment('a') + appointment('b')));
    await subject.ask(remove(idIn(made)));
    await subject.ask(find('calendar'));
    const { writes, served, mails } = subject.control.ledger(ADA);
    const [first] = writes;
    expect(writes.map(({ operation }) => operation)).toEqual(['CreateItem', 'CreateItem', 'DeleteItem']);
    expect([idIn(made).includes(first?.itemId ?? '-'), writes[2]?.itemId]).toEqual([true, first?.itemId]);
    expect([served.length, mails]).toEqual([8, []]);
    const people = element('RequiredAttendees', [
      element('Attendee', [element('Mailbox', [element('EmailAddress', BEN)])]),
    ]);
    const meeting = element('CalendarItem', [element('Subject', 'Asked'), people, ...hour('2026-12-02')]);
    const id = await subject.control.createItem(ADA, meeting, { send: 'SendOnlyToAll' });
    expect(subject.control.ledger(ADA).mails).toMatchObject([{ to: BEN, subject: 'Asked' }]);
    // A copy that arrives is no write of whom it reaches.
    expect(subject.control.ledger(BEN).writes).toEqual([]);
    const copy = subject.control.items(BEN).find((item) => textOf(item, 'Subject') === 'Asked');
    await subject.control.respond(BEN, childOf(copy ?? null, 'ItemId')?.attributes['Id'] ?? '', 'AcceptItem');
    const tracked = childOf(childOf(subject.control.item(ADA, id), 'RequiredAttendees'), 'Attendee');
    expect(textOf(tracked, 'ResponseType')).toBe('Accept');
  });

  it('shares calendars, makes others, and changes and deletes items by hand', async () => {
    const ofAda = find('calendar').replace(
      'Id="calendar"/>',
      `Id="calendar"><t:Mailbox><t:EmailAddress>${ADA}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`,
    );
    expect((await subject.ask(ofAda, { user: BEN })).text).toContain('ErrorAccessDenied');
    await subject.control.share(ADA, BEN, 'Reviewer');
    expect(textsIn(await subject.ask(ofAda, { user: BEN }), 'Subject')).toHaveLength(7);
    const folder = await subject.control.createCalendar(ADA, 'Team');
    const id = await subject.control.createItem(
      ADA,
      element('CalendarItem', [element('Subject', 'a'), ...hour('2026-12-01')]),
      { folder },
    );
    await subject.control.updateItem(ADA, id, { set: [element('Subject', 'b')] });
    expect(subject.control.items(ADA, folder).map((item) => textOf(item, 'Subject'))).toEqual(['b']);
    await subject.control.deleteItem(ADA, id);
    expect(subject.control.item(ADA, id)).toBeNull();
  });
});
