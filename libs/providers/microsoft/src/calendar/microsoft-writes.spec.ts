import type { MeetingDraft, UpdateRequest } from '@daybook/provider-port';
import { at, draft, FakeHttp } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { createMicrosoftWrites } from './microsoft-writes';

const IN = { calendarRemoteId: 'cal', timeZone: 'Europe/Berlin' };
const KEY = '0a1b2c3d4e5f6g7h8i9jkv';
const MARKER = { deployment: 'dep', meetingId: 'mtg' };
const TIMED = draft('Planning', at('2026-11-25T09:00', 'Europe/Vienna'), at('2026-11-25T10:00', 'Europe/Vienna'));
const BEN = { name: 'Ben', email: 'ben@example.com', response: 'needsAction', role: 'required' } as const;
const GUEST = {
  type: 'required',
  emailAddress: { address: 'ben@example.com', name: 'Ben' },
  status: { response: 'none' },
};

const event = (more: object = {}) => ({
  id: 'a=',
  changeKey: 'ck1',
  type: 'singleInstance',
  subject: 'Planning',
  isAllDay: false,
  isOrganizer: true,
  attendees: [],
  originalStartTimeZone: 'W. Europe Standard Time',
  originalEndTimeZone: 'W. Europe Standard Time',
  start: { dateTime: '2026-11-25T08:00:00.0000000', timeZone: 'UTC' },
  end: { dateTime: '2026-11-25T09:00:00.0000000', timeZone: 'UTC' },
  ...more,
});

describe('writing to a Microsoft calendar', () => {
  let http: FakeHttp;
  let subject: ReturnType<typeof createMicrosoftWrites>;
  beforeEach(() => {
    http = new FakeHttp();
    subject = createMicrosoftWrites(
      createGraphClient({ http, clock: { now: () => 0 }, turns: new FewAtOnce(4) }, 'https://graph.test/v1.0'),
      {
        token: 'at',
      },
    );
  });

  const sent = (): Record<string, unknown> => JSON.parse(String(http.lastRequest.body));
  const create = (its: MeetingDraft, notify = false) =>
    subject.create({ ...IN, key: KEY, draft: its, marker: MARKER, notify });
  const update = (its: MeetingDraft, more: Partial<UpdateRequest>) =>
    subject.update({
      ...IN,
      target: { type: 'item', remoteId: 'a=' },
      ifVersion: 'ck1',
      draft: its,
      fields: ['title'],
      notify: false,
      ...more,
    });

  it('makes one event of an intention, in words Outlook knows, and remembers the zone it was written in', async () => {
    http.answer({ status: 201, body: event() });
    const made = await create({ ...TIMED, visibility: 'public' });
    expect(made).toMatchObject({
      marker: MARKER,
      version: 'ck1',
      content: { start: at('2026-11-25T09:00', 'Europe/Vienna'), visibility: 'public' },
    });
    expect(http.lastRequest.url).toBe('https://graph.test/v1.0/me/calendars/cal/events');
    const { singleValueExtendedProperties: properties, ...body } = sent();
    expect(body).toEqual({
      subject: 'Planning',
      start: { dateTime: '2026-11-25T09:00:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2026-11-25T10:00:00', timeZone: 'W. Europe Standard Time' },
      isAllDay: false,
      sensitivity: 'normal',
      transactionId: `daybook-${KEY}`,
    });
    expect(properties).toMatchObject([{ id: expect.stringMatching(/DaybookNote$/) }, { value: KEY }]);
  });

  it('sends nothing that would be mailed about unless it was asked to', async () => {
    const refused = { kind: 'Rejected', message: 'Rejected: would_notify' };
    await expect(create({ ...TIMED, attendees: [BEN] })).rejects.toMatchObject(refused);
    expect(http.requests).toHaveLength(0);
    http.answer({ body: event({ attendees: [GUEST] }) });
    await expect(update(TIMED, {})).rejects.toMatchObject(refused);
    http.answer({ body: event() });
    await expect(update({ ...TIMED, attendees: [BEN] }, { fields: ['attendees'] })).rejects.toMatchObject(refused);
    http.answer({ body: event({ attendees: [GUEST] }) });
    const target = { type: 'item', remoteId: 'a=' } as const;
    await expect(subject.remove({ ...IN, target, ifVersion: null, notify: false })).rejects.toMatchObject(refused);
    expect(http.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it("changes a guest's own copy without leave: that tells nobody", async () => {
    const copy = event({ attendees: [GUEST], isOrganizer: false });
    http.answer({ body: copy }).answer({ body: { ...copy, changeKey: 'ck2' } });
    expect((await update({ ...TIMED, title: 'Mine' }, {})).version).toBe('ck2');
    expect(sent()).toEqual({ subject: 'Mine' });
    expect(http.lastRequest.headers?.['if-match']).toBe('W/"ck1"');
  });

  it('keeps the name of a zone that has not changed', async () => {
    const vienna = event({ originalStartTimeZone: 'Europe/Vienna', originalEndTimeZone: 'Europe/Vienna' });
    http.answer({ body: vienna }).answer({ body: vienna });
    await update(TIMED, { fields: ['time'] });
    expect(sent()).toMatchObject({ start: { timeZone: 'Europe/Vienna' }, recurrence: null });
  });

  const JOIN = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0';
  const online = (content: string) =>
    event({ isOnlineMeeting: true, onlineMeeting: { joinUrl: JOIN }, body: { contentType: 'text', content } });

  it.each([
    ['set off by a rule', `Agenda\r\n${'_'.repeat(80)}\r\nMicrosoft Teams meeting`],
    ['that shows its address', `Agenda\r\nJoin the meeting now<${JOIN}>`],
  ])('never loses the part %s that people join an online meeting by', async (_how, content) => {
    http.answer({ body: online(content) });
    await expect(update({ ...TIMED, description: 'New' }, { fields: ['title', 'description'] })).rejects.toMatchObject({
      kind: 'Rejected',
      because: 'join_part_kept',
    });
    expect(http.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('knows that part where Graph says nothing of an online meeting', async () => {
    const content = `Agenda\r\n${'_'.repeat(80)}\r\nMicrosoft Teams meeting\r\nJoin the meeting now<${JOIN}>`;
    http.answer({
      body: event({ isOnlineMeeting: false, onlineMeeting: null, body: { contentType: 'text', content } }),
    });
    await expect(update({ ...TIMED, description: 'New' }, { fields: ['description'] })).rejects.toMatchObject({
      kind: 'Rejected',
      because: 'join_part_kept',
    });
    expect(http.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('leaves that part alone when something else changes, and describes an online meeting that has none', async () => {
    const content = `Agenda\r\n${'_'.repeat(80)}\r\nMicrosoft Teams meeting`;
    http.answer({ body: online(content) }).answer({ body: online(content) });
    await update({ ...TIMED, title: 'New' }, { fields: ['title'] });
    expect(sent()).toEqual({ subject: 'New' });
    http.answer({ body: online('Agenda') }).answer({ body: online('New') });
    await update({ ...TIMED, description: 'New' }, { fields: ['description'] });
    expect(sent()).toEqual({ body: { contentType: 'text', content: 'New' } });
  });

  it('sends nothing for another version than the one that is there', async () => {
    http.answer({ body: event({ changeKey: 'ck9' }) });
    await expect(update(TIMED, {})).rejects.toMatchObject({ kind: 'VersionConflict' });
    expect(http.requests).toHaveLength(1);
  });

  const taken = (more: object = {}) => ({
    status: 400,
    body: { error: { code: 'ErrorDuplicateTransactionId', message: 'taken', ...more } },
  });
  const NAMED = { '@event.existingEventId': 'a=' };
  const MISSING = { status: 404, body: { error: { code: 'ErrorItemNotFound', message: 'none' } } };
  const noted = () => {
    const { singleValueExtendedProperties } = sent();
    return event({ singleValueExtendedProperties });
  };

  it('takes over what an earlier attempt made by the name that the refusal gives, without a search', async () => {
    http.answer({ status: 201, body: event() });
    await create(TIMED);
    const ours = noted();
    http.answer(taken(NAMED)).answer({ body: ours });
    expect(await create(TIMED)).toMatchObject({ remoteId: 'a=', marker: MARKER });
    expect(http.lastRequest.url).toContain('/me/calendars/cal/events/a%3D?');
  });

  it('gives up on what was made before only where its name leads to nothing', async () => {
    http.answer(taken(NAMED)).answer(MISSING);
    await expect(create(TIMED)).rejects.toMatchObject({ kind: 'Rejected' });
    http.answer(taken()).answer({ body: { value: [] } });
    await expect(create(TIMED)).rejects.toMatchObject({ kind: 'Unavailable' });
    http.answer(taken(NAMED)).answer({ body: event() });
    await expect(create(TIMED)).rejects.toMatchObject({ kind: 'Rejected' });
  });

  it('changes an occurrence somebody was invited to alone as one that has no rule', async () => {
    const alone = event({ type: 'exception', seriesMasterId: 's=', originalStart: '2026-11-25T08:00:00Z' });
    http.answer({ body: alone }).answer({ body: { ...alone, changeKey: 'ck2' } });
    expect(await update(TIMED, { fields: ['time'] })).toMatchObject({ kind: 'exception', remoteId: 'a=' });
    expect(sent()).not.toHaveProperty('recurrence');
  });
});
