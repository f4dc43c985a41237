import { FakeMeetingRecords } from './testing/fake-meeting-records';
import { bring, takeAway } from './testing/fake-adoption';
import { FakeWriteQueue } from './testing/fake-write-queue';
import { writeQueueSuite } from './testing/write-queue.suite';

describe('the queue in memory', () => {
  writeQueueSuite(async () => {
    const records = new FakeMeetingRecords();
    const of = (id: string) => records.told.filter((told) => told.id === id);
    return {
      queue: new FakeWriteQueue(records),
      now: () => 0,
      schedule: async (draft) => records.schedule(draft),
      edit: async (id, change) => records.edit(id, change),
      remove: async (id) => records.remove(id),
      undo: async (id) => records.undo(id),
      bring: async (item) => {
        bring(records, item);
        return [...records.all.values()].find(({ remoteId }) => remoteId === item.remoteId)?.id ?? '';
      },
      takeAway: async (remoteId) => takeAway(records, remoteId),
      shown: async (id) => records.all.get(id)?.intended ?? null,
      lostFields: async (id) => of(id).flatMap((told) => (told.type === 'overridden' ? [told.field] : [])),
      refusals: async (id) => of(id).flatMap((told) => (told.type === 'refused' ? [told.why] : [])),
    };
  });
});
