import { coveredListingSuite } from './testing/covered-listing.suite';
import { FakeCalendarSyncStore } from './testing/fake-calendar-sync-store';

describe('a listing of a stretch of time, kept in memory', () => {
  coveredListingSuite(async () => {
    const store = new FakeCalendarSyncStore();
    return {
      store: async () => store,
      forgetCursor: async () => {
        store.state = { ...store.state, cursor: null };
      },
      items: async () =>
        new Map(
          [...store.items].map(([remoteId, item]) => [
            remoteId,
            { version: item.version, start: item.kind === 'cancelled' ? null : item.content.start },
          ]),
        ),
    };
  });
});
