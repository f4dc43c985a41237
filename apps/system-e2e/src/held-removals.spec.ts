import {
  calendarReviewSchema,
  calendarSchema,
  changesSchema,
  listOf,
  meetingChangedSchema,
  undoneRemovalsSchema,
} from '@daybook/contracts';
import {
  BrowserlessPerson,
  eventually,
  faultsOfEvents,
  ourSide,
  Person,
  providersSide,
  readEvents,
  Stack,
} from '@daybook/testing/stack';
import type { Simulator } from '@daybook/testing/stack';
import type { z } from 'zod';
import { deleteConnections, newMailbox, SERVICE } from './connected-person';
import { dayAfterMonday } from './own-calendar';

const EVENTS = 60;
const GONE = 45;

type Review = z.infer<typeof calendarReviewSchema>;

function calendarOf(events: number): string {
  const all = Array.from({ length: events }, (_, n) => {
    const day = dayAfterMonday(n % 28).replaceAll('-', '');
    const times = [`DTSTART:${day}T${10 + (n % 8)}0000Z`, `DTEND:${day}T${10 + (n % 8)}3000Z`];
    return ['BEGIN:VEVENT', `UID:held-${n}@example.com`, `SUMMARY:Meeting ${n}`, ...times, 'END:VEVENT'];
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...all.flat(), 'END:VCALENDAR', ''].join('\r\n');
}

describe('most of a calendar that is suddenly gone', () => {
  let stack: Stack;
  let cleo: Person;
  let mailbox: Simulator;
  let connectionId: string;
  let path: string;
  let since: string;

  const review = (query = ''): Promise<Review> => cleo.get(`${path}${query}`, calendarReviewSchema);
  const answer = (action: string, version: string) =>
    cleo.call(path, { method: 'POST', json: { action }, headers: { 'if-match': `"${version}"` } });
  const sync = () => cleo.call(`/v1/connections/${connectionId}/sync`, { method: 'POST' });
  const choose = (selected: boolean) =>
    cleo.expecting(200, calendarSchema, path.replace('/review', ''), { method: 'PATCH', json: { selected } });
  /** Held, with so many in the set. */
  const held = (removing: number): Promise<Review> =>
    eventually(async () => {
      const found = await review();
      expect(found.removing).toBe(removing);
      return found;
    });
  const mailboxEvents = async () => (await mailbox.events()).filter(({ status }) => status === 'confirmed');
  const count = async (): Promise<number> => (await cleo.meetings()).length;

  beforeAll(async () => {
    stack = await Stack.shared();
    cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    mailbox = await newMailbox(stack, 'held');
    await mailbox.importIcs(calendarOf(EVENTS));
    const { id, authorizeUrl } = await cleo.connect(SERVICE, 'readWrite');
    connectionId = id;
    await new BrowserlessPerson().consent(authorizeUrl, { account: mailbox.email });
    await cleo.until(id, 'active');
    const { items } = await cleo.get('/v1/calendars', listOf(calendarSchema));
    path = `/v1/calendars/${items.find(({ primary }) => primary)?.id}/review`;
    expect(await count()).toBe(EVENTS);
    expect((await cleo.call(path)).status).toBe(404);
    // Left out so long, so that nothing is looked at before all of it is gone.
    await choose(false);
    for (const { id } of (await mailboxEvents()).slice(0, GONE)) await mailbox.remove(id);
    await choose(true);
    await held(GONE);
  });
  afterAll(async () => {
    await deleteConnections(cleo);
    await eventually(async () => expect(await count()).toBe(0));
  });

  it('is held, and its person sees what would vanish', async () => {
    const { items, next, existing, applied } = await review();
    expect({ existing, next, applied }).toEqual({ existing: EVENTS, next: null, applied: false });
    const left = new Set((await mailboxEvents()).map(({ summary }) => summary));
    expect(items).toHaveLength(GONE);
    expect(items.filter(({ title }) => left.has(title ?? ''))).toEqual([]);
    const connection = await cleo.until(connectionId, 'degraded');
    expect(connection.problem).toMatchObject({ code: 'removal_review', blame: 'user' });
    const { items: calendars } = await cleo.get('/v1/calendars', listOf(calendarSchema));
    expect(calendars.find(({ primary }) => primary)?.review).toMatchObject({ removing: GONE, existing: EVENTS });
    expect(await count()).toBe(EVENTS);
  });

  it('stays when everything is to be kept and read again, and is asked about again', async () => {
    const { version, since } = await review();
    expect((await answer('resync', version)).status).toBe(202);
    const again = await eventually(async () => {
      const found = await held(GONE);
      expect(found.since).not.toBe(since);
      return found;
    });
    expect(again.version).toBe(version);
    expect(await count()).toBe(EVENTS);
  });

  it('goes only as it was seen: once more is gone, the answer to less is stale', async () => {
    const { version } = await review();
    const [next] = await mailboxEvents();
    await mailbox.remove(next?.id ?? '');
    await sync();
    const now = await held(GONE + 1);
    const refused = await answer('apply', version);
    expect(refused).toMatchObject({ status: 412, json: { code: 'version_conflict', currentVersion: now.version } });
    expect(await count()).toBe(EVENTS);
  });

  it('goes when it is let through, with a change and an event for each', async () => {
    since = new Date().toISOString();
    let { next: cursor } = await cleo.get('/v1/meetings/changes?limit=500', changesSchema);
    expect((await answer('apply', (await review()).version)).status).toBe(202);
    await eventually(async () => expect(await ourSide(cleo)).toEqual(await providersSide(mailbox)));
    expect(await count()).toBe(EVENTS - GONE - 1);
    await eventually(async () => expect((await cleo.call(path)).status).toBe(404));
    await cleo.until(connectionId, 'active');
    const removed = new Set<string>();
    for (let more = true; more;) {
      const page: z.infer<typeof changesSchema> = await cleo.get(
        `/v1/meetings/changes?limit=500&since=${cursor}`,
        changesSchema,
      );
      for (const change of page.items) if (change.type === 'removed') removed.add(change.id);
      ({ next: cursor, more } = page);
    }
    expect(removed.size).toBe(GONE + 1);
    await eventually(async () => {
      const events = (await readEvents(stack.eventsReader, cleo.id)).filter(
        ({ body }) => body.data.connectionId === connectionId,
      );
      expect(faultsOfEvents(events)).toEqual([]);
      expect(events.filter(({ body }) => body.type.endsWith('.cancelled.v1'))).toHaveLength(GONE + 1);
    });
  });

  it('comes back when it is undone, in no calendar, and goes into one again', async () => {
    const undo = { method: 'POST', json: { since } };
    const undone = await cleo.expecting(200, undoneRemovalsSchema, path.replace('review', 'undo-removals'), undo);
    expect(undone).toEqual({ restored: GONE + 1, more: false });
    const back = (await cleo.meetings()).filter(({ calendar }) => calendar === null);
    expect(back).toHaveLength(GONE + 1);
    const [first] = back;
    const calendarId = path.split('/')[3];
    const order = { method: 'PATCH', json: { calendarId } };
    await cleo.expecting(200, meetingChangedSchema, `/v1/meetings/${first?.id}`, order);
    expect((await mailboxEvents()).map(({ summary }) => summary)).toContain(first?.title);
    await eventually(async () => expect(await count()).toBe(EVENTS));
  });
});
