import type { Caller, Meeting } from '@daybook/contracts';
import { at, content, single } from '@daybook/testing/fakes';
import type { MeetingContent } from '@daybook/provider-port';
import { ADDRESS, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { listCalendars } from './calendars';
import { getMeeting } from './get-meeting';

const BEN = 'ben@example.com';
const key: Caller = {
  userId: 'key_1',
  accountId: 'acc_1',
  role: 'service',
  scopes: ['meetings:read'],
  client: { kind: 'unknown' },
};

describe('a service that reads meetings with a key', () => {
  const database = withTestDatabase();
  let subject: SyncBench;

  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    const ben = await subject.addPerson({ _id: 'con_ben', userId: 'usr_ben', accountId: 'acc_1' }, BEN);
    const stranger = await subject.addPerson(
      { _id: 'con_far', userId: 'usr_far', accountId: 'acc_2' },
      'far@example.org',
    );
    const organizer = { name: 'Ben', email: BEN };
    const attendees = [{ name: 'Ada', email: ADDRESS, response: 'accepted', role: 'required', self: true }] as const;
    const put = (mailbox: typeof ben, name: string, more: Partial<MeetingContent> = {}): void =>
      void mailbox.put(single(name, content(name, at('2026-12-01T12:00'), at('2026-12-01T13:00'), more)));
    put(subject.mailbox, 'of ada');
    put(ben, 'of ben');
    put(subject.mailbox, 'shared', { organizer, attendees });
    put(ben, 'shared', { organizer, attendees });
    put(subject.mailbox, 'salary talk', {
      ...{ organizer, attendees, visibility: 'private', location: 'Room 9', description: 'the numbers' },
      conferenceUris: ['https://example.zoom.us/j/123456789?pwd=abc'],
      webLink: 'https://calendar.example.com/salary',
    });
    put(stranger, 'of another account');
    for (const connectionId of ['con_1', 'con_ben', 'con_far']) await subject.run({ connectionId });
  });

  const listed = (query: Record<string, unknown> = {}): Promise<Meeting[]> => subject.list(query, key);
  const titles = async (query?: Record<string, unknown>): Promise<string[]> =>
    (await listed(query)).map(({ title }) => title ?? '(hidden)').sort();
  const hidden = async (): Promise<Meeting> => {
    const found = (await listed()).find(({ redacted }) => redacted);
    if (!found) throw new Error('nothing is hidden');
    return found;
  };

  it('sees everybody’s meetings of its account, one row for each, and nobody else’s', async () => {
    expect(await titles()).toEqual(['(hidden)', 'of ada', 'of ben', 'shared']);
    const shared = (await listed()).find(({ title }) => title === 'shared');
    expect(shared?.alsoIn).toHaveLength(1);
    expect(shared?.host).toEqual({ name: 'Ben', email: BEN, isMe: false });
  });

  it('owns nothing: it hosts none, and is no attendee', async () => {
    const meetings = await listed();
    expect(meetings.every(({ host }) => host?.isMe !== true)).toBe(true);
    expect(meetings.flatMap(({ attendees }) => attendees).some(({ isMe }) => isMe)).toBe(false);
    expect(meetings.every(({ response }) => response === 'none')).toBe(true);
    expect(await titles({ hostedBy: 'me' })).toEqual([]);
  });

  it('is told of a private meeting what events tell of it: when time is taken', async () => {
    const meeting = await hidden();
    expect(meeting).toMatchObject({
      kind: 'event',
      title: null,
      host: null,
      attendees: [],
      location: null,
      editUrl: null,
      visibility: 'private',
      redacted: true,
      join: { recognised: false, url: null, number: null, passcode: null, candidates: [] },
      start: { dateTime: '2026-12-01T12:00:00', timeZone: 'Europe/Berlin' },
    });
    const alone = await getMeeting(key, meeting.id, subject.reading);
    expect(alone.description).toBeNull();
    expect(JSON.stringify([meeting, alone])).not.toMatch(/salary|Room 9|numbers|zoom|Ben/);
    expect(await titles({ q: 'salary' })).toEqual([]);
    expect(await titles({ q: 'shared' })).toEqual(['shared']);
  });

  it('leaves private meetings open to the person they belong to', async () => {
    const own = await subject.list();
    expect(own.map(({ title }) => title)).toContain('salary talk');
    expect(own.every(({ redacted }) => !redacted)).toBe(true);
    expect(await subject.list({ q: 'salary' })).toHaveLength(1);
  });

  it('reads one meeting of anybody in its account, and of no other', async () => {
    const [ofBen] = await listed({ q: 'of ben' });
    expect((await getMeeting(key, ofBen?.id ?? '', subject.reading)).title).toBe('of ben');
    const foreign = await subject.collections.meetings.findOne({ accountId: 'acc_2' });
    await expect(getMeeting(key, foreign?._id ?? '', subject.reading)).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
    await expect(getMeeting(subject.caller, ofBen?.id ?? '', subject.reading)).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
  });

  it('keeps a copy by the feed of changes that equals the list', async () => {
    const mirror = new Map<string, Meeting>();
    const cursor = await subject.replay(mirror, undefined, key);
    const same = async (): Promise<void> => {
      const byId = (a: Meeting, b: Meeting): number => (a.id < b.id ? -1 : 1);
      expect([...mirror.values()].sort(byId)).toEqual((await listed()).sort(byId));
    };
    await same();
    subject.provider.mailbox(BEN).remove('shared');
    await subject.store.requestSyncOfConnection('con_ben', new Date(subject.clock.now()));
    await subject.run({ connectionId: 'con_ben' });
    await subject.replay(mirror, cursor, key);
    await same();
    expect(await titles()).toContain('shared');
  });

  it('lists the calendars of everybody in its account', async () => {
    const { items, freshness } = await listCalendars(key, {}, subject.reading);
    expect(items.map(({ name }) => name).sort()).toEqual([ADDRESS, BEN]);
    expect(freshness.sources.map(({ connectionId }) => connectionId).sort()).toEqual(['con_1', 'con_ben']);
  });
});
