import { createdApiKeySchema, changesSchema, listOf, meetingSchema, problemSchema } from '@daybook/contracts';
import { httpCall, Person, Stack, type HttpAnswer } from '@daybook/testing/stack';
import { z } from 'zod';
import { connectMailbox, deleteConnections, newMailbox } from './connected-person';

const withName = z.looseObject({ id: z.string(), name: z.string() });
const DAY_MS = 86_400_000;

/** A day from now as calendar files write it. */
function stamp(days: number, hour: string): string {
  return `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}T${hour}0000Z`;
}

function calendarFile(owner: string): string {
  const event = (name: string, more: string[] = []): string[] => [
    'BEGIN:VEVENT',
    `UID:${name}-${owner}@example.com`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${stamp(3, '09')}`,
    `DTEND:${stamp(3, '10')}`,
    `SUMMARY:${name} of ${owner}`,
    ...more,
    'END:VEVENT',
  ];
  const lines = [...event('Review'), ...event('Salary', ['CLASS:PRIVATE', 'LOCATION:Room 9'])];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tests//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

describe('a service with a key of its own', () => {
  let stack: Stack;
  let admin: Person;
  let key: z.infer<typeof createdApiKeySchema>;
  const people: Person[] = [];

  const call = (path: string): Promise<HttpAnswer> =>
    httpCall(`${stack.addresses.gateway}${path}`, { headers: { authorization: `Bearer ${key.key}` } });
  async function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const { status, json, text } = await call(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    return schema.parse(json);
  }

  beforeAll(async () => {
    stack = await Stack.shared();
    const { gateway } = stack.addresses;
    admin = await Person.signIn(gateway, 'admin@example.com');
    for (const name of ['ada', 'ben']) {
      const person = await Person.signIn(gateway, `${name}@example.com`);
      await deleteConnections(person);
      const mailbox = await newMailbox(stack, `key-${name}`);
      await mailbox.importIcs(calendarFile(name));
      await connectMailbox(person, mailbox);
      people.push(person);
    }
    const json = { name: 'Reads meetings', scopes: ['meetings:read'] };
    key = await admin.expecting(201, createdApiKeySchema, '/v1/admin/api-keys', { method: 'POST', json });
  });
  afterAll(async () => {
    await admin.call(`/v1/admin/api-keys/${key.id}`, { method: 'DELETE' });
    for (const person of people) await deleteConnections(person);
  });

  it('reads the meetings of everybody in its account, and of private ones that time is taken', async () => {
    const { items } = await get('/v1/meetings?limit=500', listOf(meetingSchema));
    const titles = items.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Review of ada', 'Review of ben']));
    expect(items.filter(({ redacted }) => redacted).length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(items)).not.toMatch(/Salary|Room 9/);
    expect(items.every(({ host }) => host?.isMe !== true)).toBe(true);
  });

  it('reads one of them, their changes and the calendars', async () => {
    const { items } = await get('/v1/meetings?limit=500', listOf(meetingSchema));
    const review = items.find(({ title }) => title === 'Review of ben');
    expect((await get(`/v1/meetings/${review?.id ?? ''}`, meetingSchema)).title).toBe('Review of ben');
    const changes = await get('/v1/meetings/changes?limit=500', changesSchema);
    expect(changes.items.some((change) => change.type === 'upserted' && change.meeting.id === review?.id)).toBe(true);
    expect((await get('/v1/calendars', listOf(withName))).items.length).toBeGreaterThanOrEqual(2);
  });

  it('leaves people with their own meetings only, private ones whole', async () => {
    const [ada] = people;
    const titles = (await ada?.meetings())?.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Review of ada', 'Salary of ada']));
    expect(titles).not.toContain('Review of ben');
  });

  it('changes nothing, and reads nothing once it is deleted', async () => {
    const headers = { authorization: `Bearer ${key.key}` };
    const { items } = await get('/v1/calendars', listOf(withName));
    const path = `${stack.addresses.gateway}/v1/calendars/${items[0]?.id ?? ''}`;
    const changed = await httpCall(path, { method: 'PATCH', headers, json: { selected: false } });
    expect(problemSchema.parse(changed.json).code).toBe('forbidden');
    await admin.call(`/v1/admin/api-keys/${key.id}`, { method: 'DELETE' });
    expect((await call('/v1/meetings')).status).toBe(401);
  });
});
