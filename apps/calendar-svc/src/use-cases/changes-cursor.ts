import type { CalendarRecord } from '../ports/records';
import type { Viewer } from './viewer';

/** Where a reader stands in one calendar. */
export interface CalendarPosition {
  readonly rev: number;
  readonly id: string;
  /** What was gone before the reader first came is no news to it. */
  readonly floor: number;
  /** The reader began with nothing and comes to all calendars in turn: up to `floor` each row is told of where it stands. */
  readonly loading: boolean;
  /** The calendar's own version: its name and whose it is show on every row. */
  readonly version: number;
}

export interface ChangesCursor {
  /** When it was given, on the hour: the same cursor stands for the same state, so that a client can compare two. */
  readonly at: number;
  readonly calendars: ReadonlyMap<string, CalendarPosition>;
}

const HOUR_MS = 3_600_000;

/** After every id of its revision. */
export const WHOLE_REVISION = '\uffff';

export function encodeChangesCursor({ at, calendars }: ChangesCursor): string {
  const entries = [...calendars].map(([id, position]) => [
    id,
    position.rev,
    position.id === WHOLE_REVISION ? 0 : position.id,
    position.floor,
    position.loading ? 1 : 0,
    position.version,
  ]);
  return Buffer.from(JSON.stringify([2, Math.floor(at / HOUR_MS) * HOUR_MS, entries])).toString('base64url');
}

/** Null for anything we did not make: answered like a cursor that is too old, because reloading mends both. */
export function decodeChangesCursor(text: string): ChangesCursor | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const [version, at, entries]: unknown[] = parsed;
  if (version !== 2 || typeof at !== 'number' || !Array.isArray(entries)) return null;
  const calendars = new Map<string, CalendarPosition>();
  for (const entry of entries as readonly unknown[]) {
    if (!Array.isArray(entry)) return null;
    const [id, rev, row, floor, loading, seen]: unknown[] = entry;
    if (typeof id !== 'string' || typeof rev !== 'number' || typeof floor !== 'number') return null;
    if ((row !== 0 && typeof row !== 'string') || typeof seen !== 'number') return null;
    calendars.set(id, { rev, id: row === 0 ? WHOLE_REVISION : row, floor, loading: loading === 1, version: seen });
  }
  return { at, calendars };
}

/** How a viewer sees a calendar: whole, or only what was scheduled here. Undefined where they do not see it. */
export function seenAs(
  { ownOnly }: Pick<Viewer, 'ownOnly'>,
  calendar: Pick<CalendarRecord, '_id' | 'version'> | undefined,
): number | undefined {
  return calendar && (ownOnly.has(calendar._id) ? -calendar.version : calendar.version);
}

/** The cursor of somebody who has seen everything there is now. */
export function cursorNow(viewer: Pick<Viewer, 'visible' | 'ownOnly'>, now: number): string {
  const positions = [...viewer.visible.values()].map((calendar) => {
    const { _id, rev } = calendar;
    const version = seenAs(viewer, calendar) ?? 0;
    return [_id, { rev, id: WHOLE_REVISION, floor: rev, loading: false, version }] as const;
  });
  return encodeChangesCursor({ at: now, calendars: new Map(positions.sort(([a], [b]) => (a < b ? -1 : 1))) });
}
