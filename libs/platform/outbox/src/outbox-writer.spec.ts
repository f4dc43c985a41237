import { runWithContext } from '@daybook/platform/logging';
import { OutboxWriter, partitionOf } from './outbox-writer';

const clock = { now: () => new Date('2026-03-01T10:00:00.000Z') };

describe('OutboxWriter', () => {
  const subject = new OutboxWriter({ source: '/daybook/calendar-svc', clock });
  const entry = {
    subject: 'evt.calendar.meeting.created.v1',
    itemKey: 'mtg_1',
    sequence: 3,
    accountId: 'acc_1',
    data: { meetingId: 'mtg_1' },
  };

  it('writes a CloudEvent whose id is the row’s', () => {
    const [row] = subject.rows([entry]);
    expect(row).toMatchObject({
      subject: entry.subject,
      itemKey: 'mtg_1',
      sequence: 3,
      publishedAt: null,
      createdAt: clock.now(),
    });
    expect(JSON.parse(row?.body ?? '')).toEqual({
      specversion: '1.0',
      id: row?._id,
      source: '/daybook/calendar-svc',
      type: 'evt.calendar.meeting.created.v1',
      time: '2026-03-01T10:00:00.000Z',
      subject: 'mtg_1',
      datacontenttype: 'application/json',
      accountid: 'acc_1',
      sequence: 3,
      data: { meetingId: 'mtg_1' },
    });
  });

  it('notes the running request and the time of the change', () => {
    const time = new Date('2026-02-28T09:00:00Z');
    const [row] = runWithContext({ correlationId: 'corr-1' }, () => subject.rows([{ ...entry, time }]));
    expect(row?.correlationId).toBe('corr-1');
    expect(JSON.parse(row?.body ?? '')).toMatchObject({ correlationid: 'corr-1', time: '2026-02-28T09:00:00.000Z' });
  });

  it('puts all rows of an item into one partition and spreads items', () => {
    const partitions = new Set(Array.from({ length: 200 }, (_, n) => partitionOf(`mtg_${n}`, 8)));
    expect(partitions.size).toBe(8);
    expect(new Set(subject.rows([entry, entry]).map(({ partition }) => partition)).size).toBe(1);
  });

  it('gives growing ids in the order of the entries', () => {
    const ids = subject.rows([entry, entry, entry]).map(({ _id }) => _id);
    expect([...ids].sort()).toEqual(ids);
  });
});
