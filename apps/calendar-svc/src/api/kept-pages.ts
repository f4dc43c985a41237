import type { Caller } from '@daybook/contracts';
import { coverageAt } from '../use-cases/coverage';
import { listFreshness, readPage, type ListSurroundings } from '../use-cases/list-meetings';
import { viewerOf, type Viewer } from '../use-cases/viewer';
import { fittingPage } from './fitting-page';

/*
 * Pages of lists, kept as the JSON they were. Clients ask for the same page again and again: after each push, at each turn
 * to the window. A kept page is given only while the database itself says that nothing has changed: every request reads the
 * person's calendars, whose revision is raised in the transaction of every visible change, whichever process commits it. The
 * passing of time is watched too: a page that begins now ends with the first of its meetings.
 */

const KEPT_BYTES = 16 * 1024 * 1024;
const LARGEST_BYTES = 512 * 1024;

interface KeptPage {
  /** `{"items":…,"next":…` without its end. */
  readonly head: Buffer;
  readonly from: number;
  readonly until: number;
}

export class KeptPages {
  private readonly pages = new Map<string, KeptPage>();
  private bytes = 0;

  constructor(private readonly around: ListSurroundings) {}

  /** `GET /v1/meetings` as JSON text. */
  async read(caller: Caller, query: Readonly<Record<string, unknown>>): Promise<Buffer> {
    const viewer = await viewerOf(caller, this.around.store, this.around.policy);
    const now = this.around.clock.now();
    const key = keyOf(viewer, query, now);
    const kept = this.pages.get(key);
    if (kept && kept.from <= now && now < kept.until) {
      this.drop(key);
      this.keep(key, kept);
      return withTail(kept.head, this.tail(viewer));
    }
    let until = 0;
    const tail = this.tail(viewer);
    const page = await fittingPage(query, async (asked) => {
      const { items, next, until: end } = await readPage(viewer, asked, this.around);
      until = end;
      return { items, next };
    });
    const head = page.subarray(0, page.length - 1);
    this.drop(key);
    if (head.length <= LARGEST_BYTES) this.keep(key, { head, from: now, until });
    return withTail(head, tail);
  }

  private tail(viewer: Viewer): Buffer {
    return Buffer.from(`,"freshness":${JSON.stringify(listFreshness(viewer, this.around))}}`);
  }

  private keep(key: string, page: KeptPage): void {
    this.pages.set(key, page);
    this.bytes += sizeOf(key, page);
    for (const oldest of this.pages.keys()) {
      if (this.bytes <= KEPT_BYTES) return;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const page = this.pages.get(key);
    if (!page) return;
    this.bytes -= sizeOf(key, page);
    this.pages.delete(key);
  }
}

/** With the key: many different questions with empty answers must not fill the memory either. */
function sizeOf(key: string, page: KeptPage): number {
  return 2 * key.length + page.head.length + 256;
}

function withTail(head: Buffer, tail: Buffer): Buffer {
  return Buffer.concat([head, tail]);
}

/** Everything a page depends on besides the clock: whoever changes one of these makes another key. */
function keyOf(viewer: Viewer, query: Readonly<Record<string, unknown>>, now: number): string {
  return JSON.stringify([
    viewer.userId,
    query,
    coverageAt(now).to.getTime(),
    viewer.policy,
    [...new Set([...viewer.calendars, ...viewer.visible.values()])].map((calendar) => {
      const { _id, rev, name, service, primary, owned, writable, timeZone, longestMs } = calendar;
      return [
        ...[_id, rev, name, service, primary, owned, writable, timeZone, longestMs],
        ...[viewer.visible.has(_id), viewer.ownOnly.has(_id)],
      ];
    }),
    [...viewer.connections.values()].map(({ _id, addresses, writable }) => [_id, addresses, writable]),
  ]);
}
