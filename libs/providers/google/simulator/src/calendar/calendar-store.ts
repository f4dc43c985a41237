import { lastEnd, readSeries, type Series } from '@daybook/domain';
import { ChangeLog } from '@daybook/simulator-kit';
import { DayIndex } from './day-index';
import type { EventResource } from './event-resource';
import { instantOfTime, meetingTimeOf, originalKeyOf } from './event-times';
import { StoredEvent } from './stored-event';

/** What a calendar is, apart from its events. */
export interface CalendarFacts {
  id: string;
  owner: string;
  summary: string;
  description?: string;
  location?: string;
  timeZone: string;
  primary: boolean;
}

/** One row of the journal: an event as it now is. */
export interface EventRow {
  slot: number;
  version: number;
  json: string;
  formerly?: { until: number; json: string }[];
  /** End of a series' last occurrence, null for an endless one: computing it again for thousands takes a while. */
  lastEndsAt?: number | null;
}

const FORMER_RULES_KEPT = 8;

/** The events of one calendar, indexed by id, by day, by series, by foreign UID and by order of change. */
export class CalendarStore {
  private readonly byId = new Map<string, StoredEvent>();
  private readonly byForeignUid = new Map<string, StoredEvent[]>();
  private readonly exceptions = new Map<string, Map<string, StoredEvent>>();
  readonly slots: StoredEvent[] = [];
  readonly masters = new Set<StoredEvent>();
  readonly days = new DayIndex();
  readonly log = new ChangeLog<StoredEvent>(() => this.slots.length);
  /** Version of the last change; grows by one with each. */
  version = 0;
  /** Instant of the last change of any event. */
  lastUpdate = 0;

  constructor(
    readonly facts: CalendarFacts,
    /** Tells this calendar from one of the same name before a reset: tokens of that one are dead. */
    readonly generation: string,
  ) {}

  get(id: string): StoredEvent | undefined {
    return this.byId.get(id);
  }

  /** The stored exceptions and cancelled instances of a series, by their original start. */
  exceptionsOf(masterId: string): ReadonlyMap<string, StoredEvent> {
    return this.exceptions.get(masterId) ?? new Map();
  }

  /** Whether an event is an exception of a series that was deleted or repeats no more. One of an unknown series is on its own. */
  hasLostSeries({ masterId }: StoredEvent): boolean {
    const master = masterId === null ? undefined : this.get(masterId);
    return master !== undefined && (master.cancelled || master.shape !== 'master');
  }

  withUid(uid: string): StoredEvent[] {
    const foreign = this.byForeignUid.get(uid);
    if (foreign !== undefined) return foreign;
    const own = uid.endsWith('@google.com') ? this.byId.get(uid.slice(0, -'@google.com'.length)) : undefined;
    return own === undefined || own.hasForeignUid ? [] : [own, ...this.exceptionsOf(own.id).values()];
  }

  /** Adds or replaces an event under the next version of the calendar and gives it its new etag. */
  put(resource: EventResource): StoredEvent {
    this.version += 1;
    const etag = etagOf(this.version);
    const next = { ...resource, etag };
    const slot = this.byId.get(resource.id)?.slot ?? this.slots.length;
    return this.place(next, { version: this.version, slot, json: JSON.stringify(next) });
  }

  /** Puts back a row of the journal. */
  restore({ slot, version, json, formerly, lastEndsAt }: EventRow): void {
    this.version = Math.max(this.version, version);
    const event = this.place(JSON.parse(json), { version, slot, json });
    if (formerly !== undefined) event.formerly = formerly;
    if (lastEndsAt !== undefined) event.lastEndsAt = lastEndsAt ?? Infinity;
  }

  /** The row that brings an event back. */
  rowOf(event: StoredEvent): EventRow {
    const { slot, version, json, formerly, shape } = event;
    const end = shape === 'master' ? this.lastEndOf(event) : undefined;
    return {
      slot,
      version,
      json,
      ...(formerly.length === 0 ? {} : { formerly }),
      ...(end === undefined ? {} : { lastEndsAt: end === Infinity ? null : end }),
    };
  }

  /** The read rule of a master; null when it cannot be expanded. */
  seriesOf(master: StoredEvent): Series | null {
    if (master.series === undefined) master.series = readRule(master.read(), this.facts.timeZone);
    return master.series;
  }

  /** End of the last occurrence, Infinity for an endless series. */
  lastEndOf(master: StoredEvent): number {
    if (master.lastEndsAt === undefined) {
      const series = this.seriesOf(master);
      master.lastEndsAt = series === null ? master.endsAt : (lastEnd(series) ?? Infinity);
    }
    return master.lastEndsAt;
  }

  private place(resource: EventResource, { version, slot, json }: EventRow): StoredEvent {
    const before = this.byId.get(resource.id);
    const event = before ?? new StoredEvent(resource.id, slot, version, json);
    if (before === undefined) {
      this.byId.set(event.id, event);
      this.slots[slot] = event;
    } else this.unindex(before, json, version);
    event.version = version;
    event.json = json;
    this.index(event, resource);
    this.log.append(event);
    return event;
  }

  private unindex(event: StoredEvent, nextJson: string, version: number): void {
    this.days.remove(event);
    if (event.shape === 'master') {
      this.masters.delete(event);
      if (!sameRule(event.json, nextJson)) {
        event.formerly = [...event.formerly, { until: version, json: event.json }].slice(-FORMER_RULES_KEPT);
      }
    }
    event.series = undefined;
    event.lastEndsAt = undefined;
  }

  private index(event: StoredEvent, resource: EventResource): void {
    const zone = this.facts.timeZone;
    const fallback = resource.originalStartTime ?? {};
    event.startsAt = instantOfTime(resource.start ?? fallback, zone);
    event.endsAt = instantOfTime(resource.end ?? resource.start ?? fallback, zone);
    event.updatedAt = Date.parse(resource.updated ?? '') || 0;
    this.lastUpdate = Math.max(this.lastUpdate, event.updatedAt);
    event.cancelled = resource.status === 'cancelled';
    event.masterId = resource.recurringEventId ?? null;
    event.shape = event.masterId !== null ? 'exception' : resource.recurrence === undefined ? 'single' : 'master';
    event.iCalUid = resource.iCalUID ?? `${event.id}@google.com`;
    if (event.shape === 'master') this.masters.add(event);
    else this.days.add(event);
    if (event.masterId !== null && resource.originalStartTime !== undefined) {
      event.originalKey = originalKeyOf(resource.originalStartTime);
      const siblings = this.exceptions.get(event.masterId) ?? new Map<string, StoredEvent>();
      this.exceptions.set(event.masterId, siblings.set(event.originalKey, event));
    }
    if (event.hasForeignUid) {
      const others = this.byForeignUid.get(event.iCalUid) ?? [];
      if (!others.includes(event)) this.byForeignUid.set(event.iCalUid, [...others, event]);
    }
  }
}

/** The etag of an event at a version of its calendar. */
export const etagOf = (version: number): string => `"3${String(version).padStart(15, '0')}"`;

/** True when two versions of a master give the same instances. */
function sameRule(before: string, after: string): boolean {
  const rule = (json: string) => {
    const { start, end, recurrence, status }: EventResource = JSON.parse(json);
    return JSON.stringify([start, end, recurrence, status === 'cancelled']);
  };
  return rule(before) === rule(after);
}

/** The series of a master resource without its exceptions; null when the rule is not readable. */
export function readRule(master: EventResource, calendarZone: string): Series | null {
  if (master.start === undefined || master.end === undefined || master.recurrence === undefined) return null;
  const read = readSeries({
    start: meetingTimeOf(master.start, calendarZone),
    end: meetingTimeOf(master.end, calendarZone),
    lines: master.recurrence,
    exceptions: [],
    floatingZone: calendarZone,
  });
  return read.ok ? read.series : null;
}
