import type { ForeignRecord } from '@daybook/provider-port';
import type { EwsClient, PartAnswer } from '../transport/ews-client';
import { turnsDuring } from '../testing/turns-during';
import { ItemReader } from './item-reader';

const item = (id: string): ForeignRecord => ({
  ItemId: { Id: id, ChangeKey: 'c' },
  Subject: id,
  Start: '2026-11-23T09:00:00Z',
  End: '2026-11-23T10:00:00Z',
  CalendarItemType: 'Single',
});

describe('items that become meetings', () => {
  let held: number;
  beforeEach(() => {
    held = 0;
  });
  const client: EwsClient = {
    ask: () => Promise.reject(new Error('not asked')),
    call: async (_access, operation) => {
      const ids = [...operation.request('Exchange2013').markup.matchAll(/ItemId Id="(\w+)"/g)].map(([, id = '']) => id);
      held = Math.max(held, ids.length);
      const part = (id: string): PartAnswer => ({ ok: true, content: { Items: [item(id)] } });
      return { parts: ids.map(part), bytes: 1000 * ids.length };
    },
  };
  const subject = () =>
    new ItemReader({
      ...{ client, access: { token: '' }, calendarRemoteId: 'c', url: 'https://mail.example.com/' },
      zone: async () => null,
    });

  it('do so a few at a time, so that everybody else has their turn', async () => {
    const ids = Array.from({ length: 512 }, (_none, index) => `id${index}`);
    const reading: { titles?: readonly string[] } = {};
    const turns = await turnsDuring(async () => {
      const { changes } = await subject().ofIds(ids);
      reading.titles = changes.flatMap((change) =>
        change.type === 'upserted' && change.item.kind !== 'cancelled' ? [change.item.content.title] : [],
      );
    });
    expect(reading.titles).toEqual(ids);
    expect(turns).toBeGreaterThanOrEqual(512 / 16);
    expect(held).toBeLessThanOrEqual(100);
  });
});
