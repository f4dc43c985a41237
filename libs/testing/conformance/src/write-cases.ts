import { type Attendee, instantOf, type Visibility } from '@daybook/domain';
import type { DraftField, MeetingDraft } from '@daybook/provider-port';
import { draft } from '@daybook/testing/fakes';
import type { ConformanceSubject } from './conformance-subject';
import { cursorOf, expectRefusal, list } from './listing';
import { expectAsDrafted, itself, KEY, listed, type Live, living, MARKER, timed, writingTo } from './writing';

const guest = (name: string, more: Partial<Attendee> = {}): Attendee => ({
  name,
  email: `${name.toLowerCase()}@elsewhere.example`,
  response: 'needsAction',
  role: 'required',
  ...more,
});

const TIMED = draft('Planning', timed('2026-11-25T09:00:00'), timed('2026-11-25T10:00:00'));
const ALL_DAY = draft('Fair', { date: '2026-12-24' }, { date: '2026-12-27' });
const WEEKLY: MeetingDraft = { ...TIMED, title: 'Weekly', lines: ['RRULE:FREQ=WEEKLY;COUNT=6'] };
const FULL: MeetingDraft = {
  ...TIMED,
  description: 'Grüße 👩‍💻 — “ütf”\nsecond line\n\n  third & <last>',
  location: 'Café Größe, 3ʳᵈ floor',
  visibility: 'private',
  attendees: [
    guest('Ben', { response: 'accepted' }),
    guest('Cleo', { role: 'optional', response: 'tentative' }),
    guest('Room', { role: 'resource', response: 'declined' }),
    guest('Dora'),
  ],
};
const OTHER: MeetingDraft = {
  title: 'Another title',
  description: 'Another description',
  location: 'Another place',
  start: timed('2026-11-26T14:00:00', 'Asia/Tokyo'),
  end: timed('2026-11-26T15:30:00', 'Asia/Tokyo'),
  lines: [],
  attendees: [guest('Cleo', { role: 'optional', response: 'tentative' }), guest('Emil')],
  visibility: 'public',
};

/** Creating, changing and removing whole items. */
export function writeCases(subject: () => ConformanceSubject): void {
  const asDrafted = (item: Live, draft: MeetingDraft): void => expectAsDrafted(item, draft, subject().answers);

  it.each([
    ['a meeting with everything it can have', FULL, 'single'],
    ['an all-day meeting', ALL_DAY, 'single'],
    ['a series', WEEKLY, 'series'],
    ['an all-day series', { ...ALL_DAY, lines: ['RRULE:FREQ=YEARLY;COUNT=3', 'EXDATE;VALUE=DATE:20271224'] }, 'series'],
    ['a meeting in another zone', { ...TIMED, start: OTHER.start, end: OTHER.end }, 'single'],
  ] as const)('writes %s and reads it back as it was written', async (_what, wanted, kind) => {
    const writing = await writingTo(subject());
    const made = await writing.create(wanted);
    expect(made.kind).toBe(kind);
    asDrafted(made, wanted);
    expect(await writing.read(itself(made))).toEqual(made);
    expect(await listed(subject())).toEqual([made]);
  });

  it('writes its marker, by which a listing knows the meeting again', async () => {
    const writing = await writingTo(subject());
    const { remoteId } = await writing.create(TIMED);
    await writing.create(WEEKLY, { key: `${KEY}0`, marker: { ...MARKER, meetingId: 'mtg_2' } });
    const { byTitle } = await list(subject());
    expect(byTitle.get('Planning')).toMatchObject({ remoteId, marker: MARKER });
    expect(byTitle.get('Weekly')).toMatchObject({ marker: { ...MARKER, meetingId: 'mtg_2' } });
  });

  it('makes one item of a key however often it is asked, and finds it by the key', async () => {
    const writing = await writingTo(subject());
    expect(await writing.made()).toBeNull();
    const made = await writing.create(TIMED);
    expect(await writing.create(TIMED)).toEqual(made);
    expect(await writing.made()).toEqual(made);
    expect(await listed(subject())).toEqual([made]);
    expect(writing.remoteIdOf?.(KEY) ?? made.remoteId).toBe(made.remoteId);
    expect((await writing.create(TIMED, { key: `${KEY}0` })).remoteId).not.toBe(made.remoteId);
  });

  it('gives a key to one meeting only', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(TIMED);
    const other = { marker: { ...MARKER, meetingId: 'mtg_2' } };
    await expectRefusal(writing.create({ ...TIMED, title: 'Theirs' }, other), 'Rejected');
    expect(await listed(subject())).toEqual([made]);
  });

  it('does not bring back with the same key what was deleted', async () => {
    const writing = await writingTo(subject());
    const { remoteId } = await writing.create(TIMED);
    await subject().mailbox.remove(remoteId);
    expect(await writing.made()).toBeNull();
    await expectRefusal(writing.create(TIMED), 'Rejected');
    expect(await listed(subject())).toEqual([]);
  });

  it.each(['default', 'public', 'private', 'confidential'] as const)('keeps the visibility %s', async (visibility) => {
    const writing = await writingTo(subject());
    const made = await writing.create({ ...TIMED, visibility });
    expect(made.content.visibility).toBe(visibility);
    const others: readonly Visibility[] = ['default', 'private'];
    const next = others.find((one) => one !== visibility) ?? 'public';
    const changed = await writing.update(made, { draft: { ...TIMED, visibility: next }, fields: ['visibility'] });
    expect(changed.content.visibility).toBe(next);
  });

  it.each([
    ['2026-07-01T09:00:00', 'America/New_York', Date.UTC(2026, 6, 1, 13)],
    ['2026-12-01T09:00:00', 'America/New_York', Date.UTC(2026, 11, 1, 14)],
    ['2026-12-01T09:00:00', 'Asia/Kathmandu', Date.UTC(2026, 11, 1, 3, 15)],
    ['2026-10-25T01:30:00', 'Europe/Berlin', Date.UTC(2026, 9, 24, 23, 30)],
    ['2026-10-25T02:30:00', 'Europe/Berlin', Date.UTC(2026, 9, 25, 0, 30)],
    ['2026-10-25T03:30:00', 'Europe/Berlin', Date.UTC(2026, 9, 25, 2, 30)],
  ])('keeps the wall time %s in %s and its instant', async (dateTime, timeZone, instant) => {
    const writing = await writingTo(subject());
    const at = timed(dateTime, timeZone);
    const { content } = await writing.create({ ...TIMED, start: at, end: at });
    expect(content.start).toEqual(at);
    expect(instantOf(content.start)).toBe(instant);
  });

  it('takes a wall time that the clock skips for the instant of the offset before', async () => {
    const skipped = timed('2027-03-28T02:30:00');
    const made = await (await writingTo(subject())).create({ ...TIMED, start: skipped, end: skipped });
    expect(instantOf(made.content.start)).toBe(Date.UTC(2027, 2, 28, 1, 30));
  });

  it.each<DraftField>(['title', 'description', 'location', 'time', 'attendees', 'visibility'])(
    'changes the %s alone and leaves everything else there as it is',
    async (field) => {
      const writing = await writingTo(subject());
      const { remoteId } = await writing.create(FULL);
      await subject().mailbox.adorn(remoteId);
      const before = living(await writing.read({ type: 'item', remoteId }));
      const after = await writing.update(before, { draft: OTHER, fields: [field] });
      const { start, end } = OTHER;
      asDrafted(after, { ...FULL, ...(field === 'time' ? { start, end } : { [field]: OTHER[field] }) });
      expect(after).toMatchObject({ remoteId, marker: MARKER, iCalUid: before.iCalUid });
      expect(after.version).not.toBe(before.version);
      expect(await subject().mailbox.isAdorned(remoteId)).toBe(true);
      expect(await listed(subject())).toEqual([after]);
    },
  );

  it('changes everything at once', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(FULL);
    const fields = ['title', 'description', 'location', 'time', 'attendees', 'visibility'] as const;
    asDrafted(await writing.update(made, { draft: OTHER, fields }), OTHER);
  });

  it('empties texts and guest lists', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(FULL);
    const bare = { ...FULL, description: '', location: '', attendees: [] };
    const fields = ['description', 'location', 'attendees'] as const;
    asDrafted(await writing.update(made, { draft: bare, fields }), bare);
  });

  it('turns a timed meeting into an all-day one and back', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(TIMED);
    const { start, end } = ALL_DAY;
    const days = await writing.update(made, { draft: { ...TIMED, start, end }, fields: ['time'] });
    asDrafted(days, { ...TIMED, start, end });
    asDrafted(await writing.update(days, { draft: TIMED, fields: ['time'] }), TIMED);
  });

  it('turns a meeting into a series and back', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(TIMED);
    const { lines } = WEEKLY;
    const series = await writing.update(made, { draft: { ...TIMED, lines }, fields: ['time'] });
    expect(series).toMatchObject({ kind: 'series', lines });
    const single = await writing.update(series, { draft: TIMED, fields: ['time'] });
    expect(single.kind).toBe('single');
    expect(await listed(subject())).toEqual([single]);
  });

  it('comes back in the next delta in the version its answer had', async () => {
    const writing = await writingTo(subject());
    const since = await cursorOf(subject());
    const made = await writing.create(TIMED);
    const changed = await writing.update(made, { draft: OTHER, fields: ['title'] });
    const echo = await list(subject(), { since });
    expect(echo.changes).toEqual([{ type: 'upserted', item: changed }]);
    await writing.remove(itself(changed), changed.version);
    const { changes } = await list(subject(), { since: echo.resume });
    expect(changes).toEqual([{ type: 'removed', remoteId: changed.remoteId }]);
  });

  it('removes an item, in its version or whatever it is', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(TIMED);
    const other = await writing.create(ALL_DAY, { key: `${KEY}0` });
    await writing.remove(itself(made), made.version);
    await writing.remove(itself(other), null);
    expect(await writing.read(itself(made))).toBeNull();
    expect(await listed(subject())).toEqual([]);
  });

  it('lets mails go out to guests only when asked', async () => {
    const writing = await writingTo(subject());
    const invited = { ...TIMED, attendees: [guest('Ben'), guest('Cleo')] };
    const fewer = { ...invited, title: 'Moved', attendees: [guest('Ben')] };
    const fields = ['title', 'attendees'] as const;
    const asking = { draft: fewer, fields, notify: true };
    if (subject().provider.calendar?.mailsAttendees === 'always') {
      await expectRefusal(writing.create(invited, { notify: false }), 'Rejected');
      expect(await listed(subject())).toEqual([]);
      const bare = await writing.create(TIMED, { notify: false });
      await expectRefusal(writing.update(bare, { ...asking, notify: false }), 'Rejected');
      await writing.remove(itself(bare), bare.version, false);
    } else {
      const made = await writing.create(invited, { key: `${KEY}0`, notify: false });
      const changed = await writing.update(made, { ...asking, notify: false });
      await writing.remove(itself(changed), changed.version, false);
    }
    expect(await subject().mailbox.mailed()).toEqual([]);

    const made = await writing.create(invited, { key: `${KEY}1`, notify: true });
    const changed = await writing.update(made, asking);
    if (subject().provider.calendar?.mailsAttendees === 'always')
      for (const refused of [
        writing.update(changed, { draft: TIMED, fields: ['title'], notify: false }),
        writing.remove(itself(changed), changed.version, false),
      ])
        await expectRefusal(refused, 'Rejected');
    await writing.remove(itself(changed), changed.version, true);
    const [ben, cleo] = invited.attendees.map(({ email }) => email);
    expect([...(await subject().mailbox.mailed())].sort()).toEqual([ben, ben, ben, cleo, cleo]);
  });
}
