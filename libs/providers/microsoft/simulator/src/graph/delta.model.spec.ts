import { ADA, GraphBench, timed, weekly } from './testing/graph-bench';

const WINDOW = 'startDateTime=2026-11-20T00:00:00Z&endDateTime=2026-12-31T00:00:00Z';
type Row = Record<string, unknown>;

/** Numbers that are the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What a careful client makes of changes: a series that comes again replaces all that was known of it. */
class Mirror {
  private readonly rows = new Map<string, Row>();

  take(row: Row): void {
    const id = String(row['id']);
    if (row['@removed'] !== undefined || row['type'] === 'seriesMaster') this.forget(id);
    if (row['@removed'] === undefined) this.rows.set(id, row);
  }

  /** Ids and starts of what takes place. */
  get places(): string[] {
    return [...this.rows.values()]
      .filter((row) => row['type'] !== 'seriesMaster')
      .map(placeOf)
      .sort();
  }

  private forget(id: string): void {
    for (const [key, row] of this.rows) if (key === id || row['seriesMasterId'] === id) this.rows.delete(key);
  }
}

const placeOf = (row: Row): string => `${row['id']} ${JSON.stringify(row['start'])} ${JSON.stringify(row['end'])}`;

describe('a client that follows changes', () => {
  it.each([1, 2, 3, 4])('sees in the end what there is (history %p)', async (seed) => {
    const bench = await GraphBench.start();
    const next = numbers(seed);
    const mirror = new Mirror();
    const day = (): string => `2026-${next(2) === 0 ? 11 : 12}-${String(1 + next(28)).padStart(2, '0')}`;
    const anyOf = <T>(list: readonly T[]): T | undefined => list[next(list.length)];
    const body = (event: Row) => JSON.parse(JSON.stringify(event));
    const act = (): void => {
      const item = anyOf(bench.desk.events(ADA));
      const occurrence = item?.['type'] === 'seriesMaster' ? anyOf(bench.desk.instances(ADA, item.id)) : undefined;
      const id = occurrence?.id ?? item?.id;
      const kind = next(6);
      if (kind === 0 || id === undefined)
        bench.desk.insertEvent(ADA, body(weekly('Series', '2026-11-23', 1 + next(8))));
      else if (kind === 1) bench.desk.insertEvent(ADA, body(timed('Single', day())));
      else if (kind === 2) bench.desk.updateEvent(ADA, id, { subject: `Named ${next(9)}` });
      else if (kind === 3 && occurrence === undefined) bench.desk.updateEvent(ADA, id, body(timed('Moved', day())));
      else if (kind === 4 && item !== undefined && next(3) === 0) bench.desk.deleteEvent(ADA, item.id);
      else bench.desk.deleteEvent(ADA, id);
    };
    let link = `/me/calendarView/delta?${WINDOW}`;
    const headers = () => ({ prefer: `IdType="ImmutableId", odata.maxpagesize=${1 + next(4)}` });
    for (let turn = 0; turn < 60; turn += 1) {
      act();
      const page = await bench.get(link, { headers: headers() });
      for (const row of page.body.value ?? []) mirror.take(row);
      link = page.body['@odata.nextLink'] ?? page.body['@odata.deltaLink'] ?? '';
    }
    for (;;) {
      const page = await bench.get(link, { headers: headers() });
      for (const row of page.body.value ?? []) mirror.take(row);
      link = page.body['@odata.nextLink'] ?? page.body['@odata.deltaLink'] ?? '';
      if (page.body['@odata.deltaLink'] !== undefined && page.body.value?.length === 0) break;
    }
    const view = await bench.all(`/me/calendarView?${WINDOW}&$top=500`, {
      headers: { prefer: 'IdType="ImmutableId"' },
    });
    expect(view.items.length).toBeGreaterThan(0);
    expect(mirror.places).toEqual(view.items.map(placeOf).sort());
    await bench.close();
  });
});
