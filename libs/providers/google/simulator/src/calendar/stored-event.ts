import type { Series } from '@daybook/domain';
import type { EventResource } from './event-resource';

export type EventShape = 'single' | 'master' | 'exception';

/**
 * One event of one calendar. The resource is kept as the JSON text that is served, so that a page of thousands is a
 * join of strings; what lists filter and sort by lies beside it.
 */
export class StoredEvent {
  /** Instants; NaN for an event without times. For a master the times of its first occurrence. */
  startsAt = Number.NaN;
  endsAt = Number.NaN;
  updatedAt = 0;
  shape: EventShape = 'single';
  cancelled = false;
  masterId: string | null = null;
  originalKey: string | null = null;
  /** Null stands for the usual `<id>@google.com`. */
  private foreignUid: string | null = null;
  /** The read rule of a master, kept until the master changes. */
  series: Series | null | undefined;
  /** End of a master's last occurrence, Infinity for an endless one; undefined until asked. */
  lastEndsAt: number | undefined;
  /** Rules a master had before, with the version that replaced each: instances of those must be withdrawn. */
  formerly: { until: number; json: string }[] = [];

  constructor(
    readonly id: string,
    /** Place in the calendar's stable listing order. */
    readonly slot: number,
    public version: number,
    public json: string,
  ) {}

  get iCalUid(): string {
    return this.foreignUid ?? `${this.id}@google.com`;
  }

  set iCalUid(uid: string) {
    this.foreignUid = uid === `${this.id}@google.com` ? null : uid;
  }

  get hasForeignUid(): boolean {
    return this.foreignUid !== null;
  }

  /** The resource, parsed afresh: the caller may change what it gets. */
  read(): EventResource {
    return JSON.parse(this.json);
  }
}
