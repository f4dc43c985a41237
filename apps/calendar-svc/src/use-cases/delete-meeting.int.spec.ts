import type { Meeting } from '@daybook/contracts';
import { at, content } from '@daybook/testing/fakes';
import { eventsOf, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { CANCELLED, problemOf, writingPerson, type WritingPerson } from '../testing/writing-person';
import { getMeeting } from './get-meeting';
import { listMeetings } from './list-meetings';

describe('meetings that people delete', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let ada: WritingPerson;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    ada = await writingPerson(bench);
  });

  it('go at the provider too, and are told of', async () => {
    const { meeting } = await ada.schedule();
    expect(await ada.remove(meeting.id)).toEqual({ done: true, meeting: null });
    expect(bench.mailbox.items()).toEqual([]);
    expect(await eventsOf(bench, CANCELLED)).toHaveLength(1);
    expect((await problemOf(ada.get(meeting.id))).code).toBe('not_found');
  });

  it("are only those scheduled here; of others the provider's page is named", async () => {
    bench.mailbox.put({
      ...{ kind: 'single', remoteId: 'r1', iCalUid: 'u1', marker: null },
      content: content('Theirs', at('2026-11-24T09:00'), at('2026-11-24T10:00'), {
        webLink: 'https://provider.test/r1',
      }),
    });
    await bench.hint();
    await bench.runWhileDue();
    const [theirs] = await bench.list({ from: '2026-11-22T00:00:00Z' });
    expect(theirs?.actions).toMatchObject({ edit: true, delete: false, reasons: { delete: 'scheduled_elsewhere' } });
    expect(await problemOf(ada.remove(theirs?.id ?? ''))).toMatchObject({
      code: 'scheduled_elsewhere',
      editUrl: 'https://provider.test/r1',
    });
    expect(bench.mailbox.items()).toHaveLength(1);
  });

  it('wait while the provider is down', async () => {
    const { meeting } = await ada.schedule();
    bench.provider.faults.add({ kind: 'unavailable', times: Infinity });
    const { done, meeting: waiting } = await ada.remove(meeting.id);
    expect([done, waiting?.pending?.operation]).toEqual([false, 'remove']);
    bench.provider.faults.clear();
    await ada.settle();
    expect(await ada.titles()).toEqual([]);
    expect(bench.mailbox.items()).toEqual([]);
  });

  it('never reach the provider when they never were there', async () => {
    const { meeting } = await ada.schedule({ calendarId: null });
    expect(await ada.remove(meeting.id)).toEqual({ done: true, meeting: null });
    expect(await ada.titles()).toEqual([]);
    expect(await eventsOf(bench, CANCELLED)).toHaveLength(1);
  });

  it('show while the integration is off, where those of the provider do not', async () => {
    bench.mailbox.put({
      ...{ kind: 'single', remoteId: 'r1', iCalUid: 'u1', marker: null },
      content: content('Theirs', at('2026-11-24T09:00'), at('2026-11-24T10:00')),
    });
    const { meeting } = await ada.schedule();
    await ada.schedule({ topic: 'Nowhere', calendarId: null });
    await bench.hint();
    await bench.runWhileDue();
    expect(await ada.titles()).toEqual(['Design review', 'Nowhere', 'Theirs']);
    const off = { of: async () => ({ enabled: false, twoWaySync: true, reschedule: 'separate' as const }) };
    const around = { ...bench.reading, policy: off };
    const { items } = await listMeetings(bench.caller, { from: '2026-11-22T00:00:00Z' }, around);
    expect(items.map(({ title }) => title)).toEqual(['Design review', 'Nowhere']);
    expect(items[0]?.actions.reasons.edit).toBe('integration_disabled');
    expect((await getMeeting(bench.caller, meeting.id, around)).title).toBe('Design review');
  });

  it('give a reader of changes what the list shows, through every move', async () => {
    const mirror = new Map<string, Meeting>();
    let cursor = await bench.replay(mirror, undefined);
    const check = async () => {
      cursor = await bench.replay(mirror, cursor).catch(async () => {
        mirror.clear();
        return bench.replay(mirror, undefined);
      });
      const list = await bench.list({ from: '2026-11-01T00:00:00Z', to: '2027-06-01T00:00:00Z' });
      expect([...mirror.keys()].sort()).toEqual(list.map(({ id }) => id).sort());
    };
    const { meeting } = await ada.schedule({ calendarId: null });
    await check();
    await ada.change(meeting.id, { calendarId: ada.calendarId });
    await check();
    await ada.change(meeting.id, { topic: 'Other' });
    await check();
    await ada.change(meeting.id, { calendarId: null });
    await check();
    await ada.remove(meeting.id);
    await check();
  });
});
