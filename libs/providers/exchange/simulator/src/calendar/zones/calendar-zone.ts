import { offsetAt, resolveZone, type ZoneId } from '@daybook/domain';
import type { XmlElement } from '../../wire/element';
import { windowsZone } from './windows-zones';

/** Wall time: what a clock in a zone shows, as if it were UTC, in milliseconds since 1970. */
export type WallTime = number;

/** A zone as items carry it: one of Windows, or one that a client defined. */
export interface CalendarZone {
  /** As Exchange names it, `W. Europe Standard Time`. */
  readonly id: string;
  readonly name: string;
  /** Null for a zone that a client defined. */
  readonly iana: ZoneId | null;
  /** What the client sent to define it; null for a zone of Windows. */
  readonly definition: XmlElement | null;
  /** Milliseconds east of UTC at an instant (epoch milliseconds). */
  offsetAt(instant: number): number;
}

const DAY = 86_400_000;

const known = new Map<string, CalendarZone>();

/** The zone of a Windows id in any case, or null: IANA names are unknown to Exchange. */
export function zoneOfId(id: string): CalendarZone | null {
  const listed = windowsZone(id);
  if (listed === null) return null;
  const before = known.get(listed.id);
  if (before !== undefined) return before;
  const { zone: iana } = resolveZone(listed.id);
  if (iana === null) return null;
  const zone: CalendarZone = {
    ...listed,
    iana,
    definition: null,
    offsetAt: (instant) => offsetAt(instant, iana),
  };
  known.set(listed.id, zone);
  return zone;
}

export const UTC_ZONE: CalendarZone = zoneOfId('UTC') ?? {
  id: 'UTC',
  name: '(UTC) Coordinated Universal Time',
  iana: 'UTC',
  definition: null,
  offsetAt: () => 0,
};

export const wallTimeAt = (instant: number, zone: CalendarZone): WallTime => instant + zone.offsetAt(instant);

/**
 * The instant of a wall time. One that a clock change skips is read with the offset before the gap; of one that occurs
 * twice the first is meant.
 */
export function instantOfWall(wall: WallTime, zone: CalendarZone): number {
  const earlier = zone.offsetAt(wall - DAY);
  const later = zone.offsetAt(wall + DAY);
  if (earlier === later) return wall - earlier;
  if (zone.offsetAt(wall - earlier) === earlier) return wall - earlier;
  return zone.offsetAt(wall - later) === later ? wall - later : wall - earlier;
}
