import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readAnswer } from './read-answer';
import { attributes, list, record, text } from './record-shape';

const ITEM = record({ ItemId: attributes('Id'), UID: text(), Body: text(100_000) });
const SHAPE = record({ Items: list({ CalendarItem: ITEM }) });
const ITEMS = 500;
const BODY = 'text '.repeat(3_000);

describe('what is kept of an answer', () => {
  it('does not hold on to the rest of it', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const used = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const answer = Buffer.concat([
      Buffer.from('<Answer><Items>'),
      ...Array.from({ length: ITEMS }, (_none, at) => Buffer.from(itemOf(at))),
      Buffer.from('</Items></Answer>'),
    ]);
    const before = used();
    const kept = await idsOf(answer);
    const grown = used() - before;
    expect(kept).toHaveLength(2 * ITEMS);
    // The answer is 7.5 MB; ids and UIDs are 0.2 MB of it.
    expect(grown).toBeLessThan(2_000_000);
  });
});

const itemOf = (at: number): string =>
  `<CalendarItem><ItemId Id="${`item ${at} `.repeat(15)}"/><UID>${`uid ${at} `.repeat(15)}</UID><Body>${BODY}</Body></CalendarItem>`;

async function idsOf(answer: Buffer): Promise<readonly unknown[]> {
  const { Items: items } = await readAnswer(answer, 'Answer', SHAPE);
  if (!Array.isArray(items)) throw new Error('no items');
  return items.flatMap((item: { ItemId: { Id: string }; UID: string }) => [item.ItemId.Id, item.UID]);
}
