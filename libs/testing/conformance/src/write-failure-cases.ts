import { draft } from '@daybook/testing/fakes';
import type { ConformanceSubject } from './conformance-subject';
import { expectRefusal, sessionOf } from './listing';
import { BERLIN, itself, KEY, listed, living, MARKER, timed, writingTo } from './writing';

const TIMED = draft('Planning', timed('2026-11-25T09:00:00'), timed('2026-11-25T10:00:00'));
const RENAMED = { draft: { ...TIMED, title: 'Renamed' }, fields: ['title'] } as const;

/** What a write says when it was not possible, and what is there then. */
export function writeFailureCases(subject: () => ConformanceSubject): void {
  it('changes and removes nothing that is in another version meanwhile', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(TIMED);
    const theirs = { title: 'Theirs', start: TIMED.start, end: TIMED.end };
    await subject().mailbox.change(made.remoteId, theirs);
    await expectRefusal(writing.update(made, RENAMED), 'VersionConflict');
    await expectRefusal(writing.remove(itself(made), made.version), 'VersionConflict');
    const now = living(await writing.read(itself(made)));
    expect(now.content.title).toBe('Theirs');
    expect((await writing.update(now, RENAMED)).content.title).toBe('Renamed');
  });

  it('says of what was deleted there that it is gone, and never that a cursor is', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(TIMED);
    await subject().mailbox.remove(made.remoteId);
    expect(await writing.read(itself(made))).toBeNull();
    const never = { ...made, remoteId: 'nosuchitem00000' };
    for (const item of [made, never]) {
      await expectRefusal(writing.update(item, RENAMED), 'Gone');
      await expectRefusal(writing.update(item, { ...RENAMED, fields: ['attendees'] }), 'Gone');
      await expectRefusal(writing.remove(itself(item), null), 'Gone');
    }
  });

  it('finds what a create made whose answer never came', async () => {
    const writing = await writingTo(subject());
    subject().mailbox.fault('timeout_after_write', 1);
    await expectRefusal(writing.create(TIMED), 'Unavailable');
    const made = living(await writing.made());
    expect(made).toMatchObject({ marker: MARKER, content: { title: 'Planning' } });
    expect(await writing.create(TIMED)).toEqual(made);
    expect(await listed(subject())).toEqual([made]);
  });

  it('finds a change and a removal whose answers never came', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(TIMED);
    subject().mailbox.fault('timeout_after_write', 1);
    await expectRefusal(writing.update(made, RENAMED), 'Unavailable');
    const now = living(await writing.read(itself(made)));
    expect(now.content.title).toBe('Renamed');
    expect(now.version).not.toBe(made.version);
    await expectRefusal(writing.update(made, RENAMED), 'VersionConflict');
    subject().mailbox.fault('timeout_after_write', 1);
    await expectRefusal(writing.remove(itself(now), now.version), 'Unavailable');
    expect(await writing.read(itself(made))).toBeNull();
  });

  it('has done nothing where a write never arrived', async () => {
    const writing = await writingTo(subject());
    subject().mailbox.fault('timeout_before_write', 1);
    await expectRefusal(writing.create(TIMED), 'Unavailable');
    expect(await writing.made()).toBeNull();
    const made = await writing.create(TIMED);
    subject().mailbox.fault('timeout_before_write', 1);
    await expectRefusal(writing.update(made, RENAMED), 'Unavailable');
    subject().mailbox.fault('timeout_before_write', 1);
    await expectRefusal(writing.remove(itself(made), made.version), 'Unavailable');
    expect(await writing.read(itself(made))).toEqual(made);
  });

  it('writes after a conflict in the version it then finds', async () => {
    const writing = await writingTo(subject());
    const made = await writing.create(TIMED);
    subject().mailbox.fault('conflict', 1);
    await expectRefusal(writing.update(made, RENAMED), 'VersionConflict');
    const now = living(await writing.read(itself(made)));
    expect(now.version).not.toBe(made.version);
    expect((await writing.update(now, RENAMED)).content.title).toBe('Renamed');
  });

  it.each([
    ['throttled', 'Throttled'],
    ['unavailable', 'Unavailable'],
  ] as const)('reports %s and writes nothing', async (fault, kind) => {
    const writing = await writingTo(subject());
    subject().mailbox.fault(fault, 1);
    await expectRefusal(writing.create(TIMED), kind);
    expect(await listed(subject())).toEqual([]);
    expect((await writing.create(TIMED)).content.title).toBe('Planning');
  });

  it.each([
    ['an end before the start', { end: timed('2026-11-25T08:00:00') }],
    ['a date beside a time', { end: { date: '2026-11-26' } }],
    ['a rule that is none', { lines: ['RRULE:FREQ=SOMETIMES'] }],
  ])('is refused with %s, and nothing is there', async (_what, wrong) => {
    const writing = await writingTo(subject());
    await expectRefusal(writing.create({ ...TIMED, ...wrong }), 'Rejected');
    expect(await listed(subject())).toEqual([]);
    const made = await writing.create(TIMED, { key: `${KEY}0` });
    await expectRefusal(writing.update(made, { draft: { ...TIMED, ...wrong }, fields: ['time'] }), 'Rejected');
    expect(await writing.read(itself(made))).toEqual(made);
  });

  it('says that the permission is missing to somebody who may only read', async () => {
    const made = await (await writingTo(subject())).create(TIMED);
    const writing = await writingTo(subject(), await subject().accessToRead());
    expect(await writing.read(itself(made))).toEqual(made);
    await expectRefusal(writing.create(TIMED, { key: `${KEY}0` }), 'PermissionMissing');
    await expectRefusal(writing.update(made, RENAMED), 'PermissionMissing');
    await expectRefusal(writing.remove(itself(made), made.version), 'PermissionMissing');
  });

  it('says that access has expired, and that a calendar is gone', async () => {
    const nobody = await writingTo(subject(), { token: 'nobody' });
    await expectRefusal(nobody.create(TIMED), 'AccessExpired');
    await expectRefusal(nobody.read({ type: 'item', remoteId: 'anything0' }), 'AccessExpired');
    const { writes } = sessionOf(subject().provider, await subject().access());
    const request = { calendarRemoteId: 'no-such-calendar', timeZone: BERLIN, key: KEY, marker: MARKER, notify: false };
    await expectRefusal(writes?.create({ ...request, draft: TIMED }) ?? Promise.resolve(), 'Gone');
  });
}
