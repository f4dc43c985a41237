import type { SyncWindow } from '@daybook/provider-port';
import type { ConformanceSubject } from './conformance-subject';
import { calendarsOf, cursorOf, expectRefusal, itemOf, list, requestFor, sessionOf } from './listing';

const BERLIN = 'Europe/Berlin';
const event = (title: string, day: string) => ({
  title,
  start: { dateTime: `${day}T09:00:00`, timeZone: BERLIN },
  end: { dateTime: `${day}T10:00:00`, timeZone: BERLIN },
});
const GLANCE: SyncWindow = { type: 'between', from: Date.UTC(2026, 10, 22), to: Date.UTC(2026, 11, 6) };

/** How listings page, break off and fail. */
export function listingCases(subject: () => ConformanceSubject): void {
  it('shows a stretch of time without a cursor, and series that reach into it', async () => {
    const { mailbox } = subject();
    await mailbox.add(event('Inside', '2026-11-25'));
    await mailbox.add(event('Outside', '2027-05-01'));
    await mailbox.add({ ...event('Series', '2026-01-05'), lines: ['RRULE:FREQ=WEEKLY'] });
    const glance = await list(subject(), { window: GLANCE });
    expect([...glance.byTitle.keys()].sort()).toEqual(['Inside', 'Series']);
    expect(glance).toMatchObject({ complete: true, resume: null });
  });

  it('shows the same days of its own calendar before anybody knows how that is called', async () => {
    const { mailbox, provider, access } = subject();
    const { primary } = sessionOf(provider, await access());
    if (primary === undefined) return;
    await mailbox.add(event('Inside', '2026-11-25'));
    const own = (await calendarsOf(subject())).find((calendar) => calendar.primary);
    const early = await list(subject(), { window: GLANCE, calendarRemoteId: primary });
    const late = await list(subject(), { window: GLANCE, calendarRemoteId: own?.remoteId ?? '' });
    expect([...early.byTitle.keys()]).toEqual(['Inside']);
    expect(early.byTitle).toEqual(late.byTitle);
  });

  it('still tells of a meeting that moved out of the stretch one looked at', async () => {
    const { mailbox } = subject();
    const remoteId = await mailbox.add(event('Inside', '2026-11-25'));
    const since = await cursorOf(subject());
    await mailbox.change(remoteId, event('Far', '2027-08-02'));
    expect((await list(subject(), { window: GLANCE })).byTitle.size).toBe(0);
    expect((await list(subject(), { since })).byTitle.get('Far')).toMatchObject({ remoteId });
  });

  it('goes on after an empty page', async () => {
    await subject().mailbox.add(event('After the gap', '2026-11-25'));
    subject().mailbox.fault('empty_page', 1);
    const listing = await list(subject());
    expect(listing.pages[0]).toMatchObject({ changes: [], complete: false, resume: null });
    expect([...listing.byTitle.keys()]).toEqual(['After the gap']);
    expect(listing.complete).toBe(true);
  });

  it('goes on where a listing was broken off', async () => {
    await subject().mailbox.add(event('Second page', '2026-11-25'));
    subject().mailbox.fault('empty_page', 1);
    const session = sessionOf(subject().provider, await subject().access());
    for await (const page of session.changes(requestFor(subject()))) {
      expect(page.continuation).not.toBeNull();
      const rest = await list(subject(), { continueAt: page.continuation });
      expect([...rest.byTitle.keys()]).toEqual(['Second page']);
      expect(rest.resume).not.toBeNull();
      break;
    }
  });

  it('never takes an endless listing for complete and asks for no page before it is wanted', async () => {
    await subject().mailbox.add(event('Again', '2026-11-25'));
    subject().mailbox.fault('endless_page');
    const session = sessionOf(subject().provider, await subject().access());
    let seen = 0;
    try {
      for await (const page of session.changes(requestFor(subject()))) {
        expect(page).toMatchObject({ complete: false, resume: null });
        seen += 1;
        if (seen === 5) break;
      }
    } catch (error) {
      // An adapter that notices may give up, but only as an outage.
      expect(error).toMatchObject({ name: 'ProviderError', kind: 'Unavailable' });
    }
    expect(seen).toBeGreaterThan(0);
    subject().mailbox.calm();
    expect((await list(subject())).complete).toBe(true);
  });

  it('says that a cursor has expired, at once and in the middle of paging', async () => {
    const since = await cursorOf(subject());
    subject().mailbox.fault('cursor_expired', 1);
    await expectRefusal(list(subject(), { since }), 'CursorExpired');
    await subject().mailbox.add(event('New', '2026-11-25'));
    subject().mailbox.fault('empty_page', 1);
    const session = sessionOf(subject().provider, await subject().access());
    const pages = session.changes(requestFor(subject()))[Symbol.asyncIterator]();
    expect((await pages.next()).value).toMatchObject({ complete: false });
    subject().mailbox.fault('cursor_expired', 1);
    await expectRefusal(pages.next(), 'CursorExpired');
    expect((await list(subject())).byTitle.has('New')).toBe(true);
  });

  it.each(['nonsense', ''])('takes the cursor %j for an expired one', async (since) => {
    await expectRefusal(list(subject(), { since }), 'CursorExpired');
  });

  it.each([
    ['throttled', 'Throttled'],
    ['unavailable', 'Unavailable'],
  ] as const)('reports %s, tries nothing again by itself and works afterwards', async (fault, kind) => {
    await subject().mailbox.add(event('Waits', '2026-11-25'));
    subject().mailbox.fault(fault, 1);
    await expectRefusal(list(subject()), kind);
    expect((await list(subject())).byTitle.has('Waits')).toBe(true);
  });

  it('never takes a listing cut short for complete', async () => {
    await subject().mailbox.add(event('Cut', '2026-11-25'));
    subject().mailbox.fault('cut', 1);
    const outcome = await list(subject()).then(
      ({ complete, resume }) => ({ complete, resume }),
      (error: unknown) => error,
    );
    if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'ProviderError', kind: 'Unavailable' });
    else expect(outcome).toEqual({ complete: false, resume: null });
    expect((await list(subject())).byTitle.has('Cut')).toBe(true);
  });

  it('counts an item it cannot hold and keeps the others', async () => {
    await subject().mailbox.add(event('One', '2026-11-25'));
    await subject().mailbox.add(event('Two', '2026-11-26'));
    subject().mailbox.fault('bad_item', 1);
    const { byTitle, changes, complete } = await list(subject());
    expect(complete).toBe(true);
    expect(byTitle.size).toBe(1);
    const unreadable = changes.filter((change) => change.type === 'unreadable');
    expect(unreadable).toMatchObject([{ remoteId: expect.stringMatching(/.+/), reason: expect.stringMatching(/.+/) }]);
  });

  it('reads one item as the listing does, where it can name one', async () => {
    const { mailbox } = subject();
    const series = await mailbox.add({ ...event('Series', '2026-11-23'), lines: ['RRULE:FREQ=DAILY;COUNT=5'] });
    await mailbox.add(event('Single', '2026-11-25'));
    const [start, end] = ['12:00', '13:00'].map((time) => ({ dateTime: `2026-11-24T${time}:00`, timeZone: BERLIN }));
    if (start && end)
      await mailbox.moveOccurrence(series, { dateTime: '2026-11-24T09:00:00', timeZone: BERLIN }, { start, end });
    const { changes } = await list(subject());
    expect(changes).toHaveLength(3);
    for (const change of changes) {
      const remoteId = change.type === 'upserted' ? change.item.remoteId : change.remoteId;
      const read = await itemOf(subject(), remoteId);
      if (read !== 'cannot') expect(read).toEqual(change);
    }
  });

  it('says of an item that it is removed or gone', async () => {
    const { mailbox } = subject();
    const remoteId = await mailbox.add(event('Leaves', '2026-11-25'));
    await mailbox.remove(remoteId);
    const read = await itemOf(subject(), remoteId).catch((error: unknown) => error);
    if (read instanceof Error) expect(read).toMatchObject({ name: 'ProviderError', kind: 'Gone' });
    else if (read !== 'cannot') expect(read).toEqual({ type: 'removed', remoteId });
    if (read !== 'cannot') await expectRefusal(itemOf(subject(), 'nosuchitem00000'), 'Gone');
  });

  it('says that the permission is missing when the calendar was not allowed', async () => {
    await expectRefusal(calendarsOf(subject(), await subject().accessWithoutCalendar()), 'PermissionMissing');
  });

  it('says that access has expired, and that a calendar is gone', async () => {
    await expectRefusal(calendarsOf(subject(), { token: 'nobody' }), 'AccessExpired');
    const session = sessionOf(subject().provider, await subject().access());
    const listing = async () => {
      for await (const page of session.changes({ ...requestFor(subject()), calendarRemoteId: 'no-such-calendar' }))
        void page;
    };
    await expectRefusal(listing(), 'Gone');
  });
}
