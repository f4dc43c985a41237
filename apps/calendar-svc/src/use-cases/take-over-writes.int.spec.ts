import { FakeProvider, type FakeOperation } from '@daybook/testing/fakes';
import { renamed, showElsewhere } from '../testing/same-mailbox';
import { ADDRESS, eventsOf, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { CANCELLED, CREATED, writingPerson, type WritingPerson } from '../testing/writing-person';

describe('what waits to be written when a connection changes to another provider', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let ada: WritingPerson;
  let other: FakeProvider;

  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    ada = await writingPerson(subject);
  });

  const there = () => other.mailbox(ADDRESS);
  const items = (calendar = 'other primary') => there().items(calendar);
  /** A write is in effect, and nobody hears of it; before it, it may be looked at so often. */
  const dropAnswer = (on: FakeOperation, looks = 0): void => {
    subject.provider.faults.add({ kind: 'timeout_after_write', on });
    for (const look of ['made', 'read', 'changes'] as const)
      subject.provider.faults.add({ kind: 'unavailable', on: look, after: looks, times: 50 });
  };
  const silence = () => subject.provider.faults.add({ kind: 'timeout_before_write', times: 50 });
  const change = async (translations?: Map<string, string>): Promise<void> => {
    const { clock } = subject;
    other = new FakeProvider({ clock, key: 'other', names: 'its', ...(translations ? { translations } : {}) });
    for (const [name, now] of showElsewhere(subject.mailbox, other)) translations?.set(name, now);
    await subject.changeTo('ews', other);
  };
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 4; round += 1) await ada.settle();
  };

  describe.each([
    ['has no translation', () => undefined],
    ['translates names', () => new Map<string, string>()],
  ])('(the provider %s)', (_how, translations) => {
    it('an edit goes out once, under the new name', async () => {
      const { meeting } = await ada.schedule();
      silence();
      await ada.change(meeting.id, { topic: 'Edited' });
      await change(translations());
      await settle();
      expect(await ada.get(meeting.id)).toMatchObject({ title: 'Edited', pending: null });
      expect(there().writes.map(({ operation }) => operation)).toEqual(['update']);
      expect(items()).toMatchObject([
        { remoteId: renamed(subject.mailbox.writes[0]?.remoteId ?? ''), content: { title: 'Edited' } },
      ]);
      expect(await ada.titles()).toEqual(['Edited']);
    });

    it('a removal finds its item', async () => {
      const { meeting } = await ada.schedule();
      silence();
      await ada.remove(meeting.id);
      await change(translations());
      await settle();
      expect(items()).toEqual([]);
      expect(await ada.titles()).toEqual([]);
      expect(await eventsOf(subject, CANCELLED)).toHaveLength(1);
    });

    it('a creation whose answer never came is not made twice', async () => {
      dropAnswer('create');
      const { meeting } = await ada.schedule();
      expect(meeting.pending).not.toBeNull();
      expect(subject.mailbox.writes.at(-1)).toMatchObject({ operation: 'create' });
      await change(translations());
      await settle();
      expect(items()).toHaveLength(1);
      expect(await ada.get(meeting.id)).toMatchObject({ pending: null });
      expect(await ada.titles()).toEqual(['Design review']);
      expect(await eventsOf(subject, CREATED)).toHaveLength(1);
    });

    it('an edit whose answer never came is not sent again', async () => {
      const { meeting } = await ada.schedule();
      dropAnswer('update');
      await ada.change(meeting.id, { topic: 'Edited' });
      expect(subject.mailbox.writes.at(-1)).toMatchObject({ operation: 'update' });
      await change(translations());
      await settle();
      expect(there().writes).toEqual([]);
      expect(items()).toMatchObject([{ content: { title: 'Edited' } }]);
      expect(await ada.get(meeting.id)).toMatchObject({ title: 'Edited', pending: null });
      expect(await ada.titles()).toEqual(['Edited']);
    });

    it('an edit that goes on while the answer to the one before is missing arrives whole', async () => {
      const { meeting } = await ada.schedule();
      dropAnswer('update');
      await ada.change(meeting.id, { topic: 'Edited' });
      await ada.change(meeting.id, { topic: 'Edited again' });
      expect(subject.mailbox.writes.at(-1)).toMatchObject({ operation: 'update' });
      await change(translations());
      await ada.change(meeting.id, { topic: 'Edited at last' });
      await settle();
      expect(items()).toMatchObject([{ content: { title: 'Edited at last' } }]);
      expect(await ada.titles()).toEqual(['Edited at last']);
    });

    it('a removal whose answer never came is over', async () => {
      const { meeting } = await ada.schedule();
      dropAnswer('remove');
      await ada.remove(meeting.id);
      expect(subject.mailbox.writes.at(-1)).toMatchObject({ operation: 'remove' });
      await change(translations());
      await settle();
      expect([items(), await ada.titles()]).toEqual([[], []]);
      expect(await eventsOf(subject, CANCELLED)).toHaveLength(1);
    });

    it('a place that was left, with no answer to its removal, is left alone', async () => {
      const { meeting } = await ada.schedule();
      dropAnswer('remove');
      await ada.change(meeting.id, { calendarId: null });
      expect(subject.mailbox.writes.at(-1)).toMatchObject({ operation: 'remove' });
      await change(translations());
      await settle();
      expect(items()).toEqual([]);
      expect(await ada.titles()).toEqual(['Design review']);
      expect(await eventsOf(subject, CANCELLED)).toEqual([]);
    });

    it('one occurrence goes where it belongs', async () => {
      const { meeting } = await ada.schedule({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
      const [, second] = await ada.rows();
      dropAnswer('update', 1);
      await ada.change(second?.id ?? '', { topic: 'Only here' });
      expect(subject.mailbox.writes.at(-1)).toMatchObject({ operation: 'update' });
      await change(translations());
      await settle();
      expect(await ada.titles()).toEqual(['Design review', 'Only here', 'Design review']);
      expect(
        items()
          .map(({ kind }) => kind)
          .sort(),
      ).toEqual(['exception', 'series']);
      expect(await ada.get(meeting.id)).toMatchObject({ pending: null });
    });

    it('a creation that never went out is made there', async () => {
      silence();
      const { meeting } = await ada.schedule();
      await change(translations());
      await settle();
      expect(items()).toMatchObject([{ marker: { meetingId: meeting.id } }]);
      expect(await ada.get(meeting.id)).toMatchObject({ pending: null });
    });

    it('what a meeting left behind goes from where it lies now', async () => {
      const { meeting } = await ada.schedule();
      subject.provider.faults.add({ kind: 'timeout_before_write', on: 'remove', times: 50 });
      await ada.change(meeting.id, { calendarId: null });
      await change(translations());
      await settle();
      expect(items()).toEqual([]);
      expect(await ada.titles()).toEqual(['Design review']);
    });
  });

  it('a person may go on with a meeting that was taken over', async () => {
    const { meeting } = await ada.schedule();
    await change();
    await settle();
    await ada.change(meeting.id, { topic: 'Later' });
    expect(await ada.get(meeting.id)).toMatchObject({ title: 'Later', pending: null, origin: 'client' });
    expect(items()).toMatchObject([{ content: { title: 'Later' } }]);
    await ada.remove(meeting.id);
    expect(items()).toEqual([]);
  });
});
