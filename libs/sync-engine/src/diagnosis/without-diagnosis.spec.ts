import { diagnosisMarker } from '@daybook/provider-port';
import { at, content, FakeProvider, single } from '@daybook/testing/fakes';
import { runCalendar } from '../calendar-run';
import { FakeCalendarSyncStore } from '../testing/fake-calendar-sync-store';

const ADDRESS = 'ada@example.com';

describe('the event of a diagnosis', () => {
  it('is nothing to a run that meets it, in a listing and in a delta, whatever deployment wrote it', async () => {
    const provider = new FakeProvider();
    const mailbox = provider.mailbox(ADDRESS);
    const store = new FakeCalendarSyncStore();
    const put = (name: string, marker = { deployment: 'another', meetingId: diagnosisMarker.meetingId }): void => {
      const its = content(name, at('2026-11-24T10:00'), at('2026-11-24T11:00'));
      mailbox.put({ ...single(name, its), marker });
    };
    const run = () =>
      runCalendar({
        session: provider.calendar.open(provider.access(ADDRESS)),
        calendarRemoteId: 'primary',
        store,
        now: () => Date.UTC(2026, 10, 22, 8),
      });

    put('test in the listing');
    put('real', { deployment: 'another', meetingId: 'mtg_1' });
    await run();
    put('test in the delta');
    await run();
    mailbox.remove('test in the listing');
    await run();
    expect([...store.items.keys()]).toEqual(['real']);
  });
});
