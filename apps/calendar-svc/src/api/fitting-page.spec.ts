import { fittingPage as subject } from './fitting-page';

/** A reader of items of these sizes that keeps the limits it was asked for. */
function reader(sizes: readonly number[]) {
  const limits: unknown[] = [];
  const read = async (query: Readonly<Record<string, unknown>>) => {
    limits.push(query['limit']);
    const items = sizes.slice(0, Number(query['limit'] ?? sizes.length)).map((size) => 'x'.repeat(size));
    return { items, next: items.length < sizes.length ? 'c' : null };
  };
  return { limits, read };
}

describe('a page that has to fit into one message', () => {
  it('is read once when it fits', async () => {
    const { limits, read } = reader([10, 10]);
    expect(JSON.parse(String(await subject({ limit: 2 }, read, 100)))).toMatchObject({ next: null });
    expect(limits).toEqual([2]);
  });

  it('is read again with fewer items until it fits', async () => {
    const { limits, read } = reader([
      ...Array.from({ length: 50 }, () => 10_000),
      ...Array.from({ length: 50 }, () => 10),
    ]);
    const page = await subject({}, read, 50_000);
    expect(page.length).toBeLessThanOrEqual(50_000);
    expect(JSON.parse(String(page))).toMatchObject({ next: 'c' });
    expect(limits.length).toBeGreaterThan(1);
  });

  it('is one item at least', async () => {
    const { read } = reader([5_000, 5_000]);
    expect(JSON.parse(String(await subject({}, read, 100))).items).toHaveLength(1);
  });
});
