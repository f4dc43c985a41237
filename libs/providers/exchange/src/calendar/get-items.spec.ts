import { ProviderError } from '@daybook/provider-port';
import type { EwsClient, PartAnswer } from '../transport/ews-client';
import { ItemBatches } from './get-items';
import type { ItemName } from './item-address';

const names = (count: number): ItemName[] =>
  Array.from({ length: count }, (_none, at) => ({ type: 'item', id: `i${at}` }));
const unavailable = () => new ProviderError('Unavailable', { detail: 'ErrorTimeoutExpired' });
const UNTRIED: PartAnswer = { ok: false, error: unavailable(), untried: true };

describe('items in batches', () => {
  /** Ids asked for together, in turn. */
  let asked: string[][];
  let bytesEach: number;
  /** What is wrong with an item, as often as it says. */
  let faults: Map<string, ProviderError[]>;
  let tooLarge: number;
  /** Items whose refusal ends their batch. */
  let ending: Set<string>;
  beforeEach(() => {
    asked = [];
    ending = new Set();
    bytesEach = 1000;
    faults = new Map();
    tooLarge = Infinity;
  });

  const client: Pick<EwsClient, 'call'> = {
    call: async (_access, operation) => {
      const ids = [...operation.request('Exchange2013').markup.matchAll(/ItemId Id="(\w+)"/g)].map(([, id = '']) => id);
      asked.push(ids);
      if (ids.length > tooLarge) throw new ProviderError('Unreadable', { detail: 'http tooLarge' });
      const part = (id: string): PartAnswer => {
        const error = faults.get(id)?.shift();
        return error ? { ok: false, error } : { ok: true, content: { Items: [{ ItemId: { Id: id } }] } };
      };
      const last = ids.findIndex((id) => ending.has(id));
      const parts = ids.map((id, at) => (last >= 0 && at > last ? UNTRIED : part(id)));
      return { parts, bytes: bytesEach * ids.length };
    },
  };
  const subject = () =>
    new ItemBatches({
      client: { ...client, ask: () => Promise.reject(new Error('not asked')) },
      access: { token: '' },
      calendarRemoteId: 'c',
      url: 'https://x',
      zone: async () => null,
    });
  const sizes = () => asked.map(({ length }) => length);

  it('come in the order they were named, and in longer batches as long as they are small', async () => {
    const found = await subject().get(names(300));
    expect(found).toEqual(names(300).map((name) => ({ ItemId: { Id: 'id' in name ? name.id : '' } })));
    expect(sizes()).toEqual([40, 40, 40, 100, 80]);
  });

  it('come in shorter batches after an answer that was long', async () => {
    bytesEach = 300_000;
    await subject().get(names(140));
    expect(sizes().slice(0, 5)).toEqual([40, 40, 40, 5, 5]);
  });

  it('are asked for in halves where all at once are too much', async () => {
    tooLarge = 10;
    expect(await subject().get(names(40))).toHaveLength(40);
    expect(Math.max(...sizes().slice(3))).toBeLessThanOrEqual(20);
    tooLarge = 0;
    expect(await subject().get(names(1))).toMatchObject([{ kind: 'Unreadable' }]);
  });

  it('are null where they are gone, and asked for once more alone where they are not given', async () => {
    faults.set('i1', [new ProviderError('Gone', { detail: '' })]);
    faults.set('i2', [unavailable()]);
    faults.set('i3', [unavailable(), unavailable()]);
    const found = await subject().get(names(5));
    expect(found).toMatchObject([{}, null, { ItemId: { Id: 'i2' } }, { kind: 'Unavailable' }, {}]);
    expect(asked.slice(1)).toEqual([['i2'], ['i3']]);
  });

  it('are asked for on and on where one that is refused ends its batch', async () => {
    ending = new Set(['i1', 'i3']);
    for (const id of ending) faults.set(id, [new ProviderError('PermissionMissing', { detail: '' })]);
    const found = await subject().get(names(6));
    const [first, , third, , fifth, last] = names(6).map((name) => ({ ItemId: { Id: 'id' in name ? name.id : '' } }));
    const denied = { kind: 'PermissionMissing' };
    expect(found).toMatchObject([first, denied, third, denied, fifth, last]);
    expect(asked.slice(1)).toEqual([
      ['i2', 'i3', 'i4', 'i5'],
      ['i4', 'i5'],
    ]);
  });

  it('are asked for on where an answer in halves is ended', async () => {
    tooLarge = 2;
    ending = new Set(['i0']);
    faults.set('i0', [new ProviderError('PermissionMissing', { detail: '' })]);
    const found = await subject().get(names(4));
    expect(found.map((item) => item instanceof ProviderError)).toEqual([true, false, false, false]);
  });

  it('are an outage where the first of them ends the batch for the moment', async () => {
    ending = new Set(['i0']);
    faults.set('i0', [unavailable()]);
    await expect(subject().get(names(3))).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(asked).toHaveLength(1);
  });

  it('are an outage where none of several is given', async () => {
    for (const at of [0, 1, 2]) faults.set(`i${at}`, [unavailable(), unavailable()]);
    await expect(subject().get(names(3))).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(asked).toHaveLength(1);
  });
});
