import { freeBusySchema, problemSchema, type FreeBusyItem } from '@daybook/contracts';
import { eventually, EwsMailbox, Person, Stack } from '@daybook/testing/stack';
import { z } from 'zod';
import { connectByPassword, connectMailbox, deleteConnections, newMailbox } from './connected-person';
import { dayAfterMonday } from './own-calendar';

const there = (days: number, clock: string) => ({
  dateTime: `${dayAfterMonday(days)}T${clock}:00`,
  zone: 'UTC',
});
const DAY_MS = 86_400_000;
const meSchema = z.object({ user: z.object({ id: z.string() }) });

/** Two people with mailboxes on one Exchange server, and somebody there who has never heard of us. */
describe('the free and busy times of colleagues', () => {
  let stack: Stack;
  let ada: Person;
  let ben: Person;
  let dan: EwsMailbox;
  let adas: EwsMailbox;
  let bens: EwsMailbox;

  const newEwsMailbox = (name: string): Promise<EwsMailbox> =>
    new EwsMailbox(stack.addresses, `${name}@example.com`).create();
  const week = new URLSearchParams({
    from: `${dayAfterMonday(0)}T00:00:00Z`,
    to: new Date(Date.parse(`${dayAfterMonday(0)}T00:00:00Z`) + 7 * DAY_MS).toISOString(),
  });
  const path = (...users: readonly string[]): string =>
    `/v1/free-busy?${week}&${new URLSearchParams({ users: users.join(',') })}`;
  const read = async (...users: readonly string[]): Promise<readonly FreeBusyItem[]> =>
    (await ada.get(path(...users), freeBusySchema)).items;
  const moment = (days: number, clock: string): string => `${dayAfterMonday(days)}T${clock}:00.000Z`;

  beforeAll(async () => {
    stack = await Stack.shared();
    const { gateway } = stack.addresses;
    ada = await Person.signIn(gateway, 'ada@example.com');
    ben = await Person.signIn(gateway, 'ben@example.com');
    [adas, bens, dan] = [
      await newEwsMailbox('times-ada'),
      await newEwsMailbox('times-ben'),
      await newEwsMailbox('times-dan'),
    ];
    await dan.insert({
      subject: 'Salary of Dan',
      start: there(1, '10:00'),
      end: there(1, '11:30'),
      location: 'Room 9',
    });
    await bens.insert({ subject: 'Salary of Ben', start: there(2, '04:10'), end: there(2, '04:20') });
    await adas.insert({ subject: 'Salary of Ada', start: there(3, '08:00'), end: there(3, '09:00') });
  });
  afterAll(async () => {
    for (const person of [ada, ben]) await deleteConnections(person);
  });

  it('can be told by nobody before a calendar is connected', async () => {
    const answer = await ada.call(path(dan.email));
    expect([answer.status, problemSchema.parse(answer.json).code]).toEqual([422, 'capability_not_available']);
  });

  it('come from the server of a connection, in UTC and without a word on what it is', async () => {
    await connectByPassword(ada, adas);
    const items = await read(dan.email, 'nobody@elsewhere.example');
    expect(items).toEqual([
      { email: dan.email, busy: [{ start: moment(1, '10:00'), end: moment(1, '11:30'), status: 'busy' }] },
      { email: 'nobody@elsewhere.example', busy: [], reason: 'unknown_address' },
    ]);
  });

  it('are found by the id of a colleague as soon as that one has connected a mailbox', async () => {
    await connectByPassword(ben, bens);
    const { user } = await ben.get('/v1/me', meSchema);
    const time = { start: moment(2, '04:10'), end: moment(2, '04:20'), status: 'busy' };
    await eventually(async () => {
      const [item] = await read(user.id);
      expect(item).toMatchObject({ userId: user.id, busy: expect.arrayContaining([time]) });
    });
    expect((await ada.call(path('usr_nobody'))).status).toBe(404);
  });

  it('stand beside one’s own, which are read from here', async () => {
    const { user } = await ada.get('/v1/me', meSchema);
    const time = { start: moment(3, '08:00'), end: moment(3, '09:00'), status: 'busy' };
    await eventually(async () => {
      const items = await read(user.id, dan.email);
      expect(items).toEqual([
        { userId: user.id, email: 'ada@example.com', busy: [time] },
        expect.objectContaining({ email: dan.email }),
      ]);
    });
    expect(JSON.stringify(await read(user.id, dan.email, bens.email))).not.toMatch(/Salary|Room/);
  });

  it('come from Google as well, where it is what knows somebody', async () => {
    const google = await newMailbox(stack, 'times-google');
    const colleague = await newMailbox(stack, 'times-googler');
    await colleague.importIcs(
      [
        ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tests//EN', 'BEGIN:VEVENT', 'UID:times@example.com'],
        ...['DTSTAMP:20260101T000000Z', `DTSTART:${stamp(4, '09')}`, `DTEND:${stamp(4, '10')}`, 'SUMMARY:Salary'],
        ...['END:VEVENT', 'END:VCALENDAR', ''],
      ].join('\r\n'),
    );
    await connectMailbox(ada, google);
    const at = (hour: string): string => `${dayAfterMonday(4)}T${hour}:00:00.000Z`;
    expect(await read(colleague.email, dan.email)).toEqual([
      { email: colleague.email, busy: [{ start: at('09'), end: at('10'), status: 'busy' }] },
      expect.objectContaining({ email: dan.email, busy: [expect.anything()] }),
    ]);
  });
});

/** As calendar files write it. */
function stamp(days: number, hour: string): string {
  return `${dayAfterMonday(days).replaceAll('-', '')}T${hour}0000Z`;
}
