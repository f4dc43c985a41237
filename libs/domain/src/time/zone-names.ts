/**
 * Names of zones: IANA, Windows and the odd ones. Windows ids map by CLDR's windowsZones, territory 001; one Windows id
 * stands for many IANA zones, so whoever reads a foreign id keeps it beside the mapped zone and writes it back unchanged.
 */
import { findWindows, IANA_ALIAS_MAP, WINDOWS_TO_IANA_MAP } from 'windows-iana';
import type { ZoneId } from './zone-offsets';

export type ZoneResolution =
  | { readonly zone: ZoneId; readonly sourceId: string; readonly via: 'iana' | 'windows' | 'utc' }
  | { readonly zone: null; readonly sourceId: string; readonly reason: 'empty' | 'custom' | 'unknown' };

/** A zone together with the id a provider gave for it. */
export interface ZoneSource {
  readonly zone: ZoneId;
  readonly sourceId: string;
}

const ZONE_TEXT = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,3}$/;
const UTC_NAMES = new Set(['utc', 'etc/utc', 'z', 'zulu', 'etc/zulu', 'gmt', 'etc/gmt', 'tzone://microsoft/utc']);
const CUSTOM_NAMES = new Set(['customized time zone', 'tzone://microsoft/custom', 'custom', 'custom time zone']);
const MAX_CHECKED = 2048;

let knownNames: Map<string, ZoneId> | null = null;
let windowsZones: Map<string, ZoneId> | null = null;
const checked = new Map<string, boolean>();

/** Every IANA name in its proper spelling, by its lower case. */
function ianaNames(): Map<string, ZoneId> {
  if (knownNames) return knownNames;
  knownNames = new Map();
  for (const { alias } of IANA_ALIAS_MAP) for (const name of alias) knownNames.set(name.toLowerCase(), name);
  for (const { iana } of WINDOWS_TO_IANA_MAP) for (const name of iana) knownNames.set(name.toLowerCase(), name);
  for (const name of Intl.supportedValuesOf('timeZone')) knownNames.set(name.toLowerCase(), name);
  return knownNames;
}

function windowsDefaults(): Map<string, ZoneId> {
  if (windowsZones) return windowsZones;
  windowsZones = new Map();
  for (const { windowsName, territory, iana } of WINDOWS_TO_IANA_MAP) {
    const [zone] = iana;
    if (territory === '001' && zone !== undefined) windowsZones.set(windowsName.toLowerCase(), zone);
  }
  return windowsZones;
}

/** All zones, those that stand for a Windows id first. */
export function allZones(): readonly ZoneId[] {
  return [...new Set([...windowsDefaults().values(), ...Intl.supportedValuesOf('timeZone')])];
}

/** Whether this run knows the name as an IANA zone (any case). */
export function isZone(id: string): boolean {
  if (id === 'UTC') return true;
  const known = checked.get(id);
  if (known !== undefined) return known;
  const valid = id.length <= 64 && ZONE_TEXT.test(id) && accepted(id);
  if (checked.size >= MAX_CHECKED) checked.clear();
  checked.set(id, valid);
  return valid;
}

function accepted(id: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: id });
    return true;
  } catch {
    return false;
  }
}

/**
 * The IANA zone of an id that came from outside: IANA in any case, Windows id, a name of UTC. Spelling is corrected,
 * aliases stay as they are (`Asia/Kolkata` is not turned into `Asia/Calcutta`).
 */
export function resolveZone(sourceId: string): ZoneResolution {
  const id = sourceId.trim();
  const lower = id.toLowerCase();
  if (id === '') return { zone: null, sourceId, reason: 'empty' };
  if (CUSTOM_NAMES.has(lower)) return { zone: null, sourceId, reason: 'custom' };
  if (UTC_NAMES.has(lower)) return { zone: 'UTC', sourceId, via: 'utc' };
  if (id.length > 128) return { zone: null, sourceId, reason: 'unknown' };
  const windows = windowsDefaults().get(lower);
  if (windows !== undefined) return { zone: windows, sourceId, via: 'windows' };
  const proper = ianaNames().get(lower) ?? id;
  if (isZone(proper)) return { zone: proper, sourceId, via: 'iana' };
  return { zone: null, sourceId, reason: 'unknown' };
}

/** The Windows id of an IANA zone, or null when CLDR has none. */
export function windowsIdOf(zone: ZoneId): string | null {
  return findWindows(zone)[0] ?? null;
}

/** The id to write to a provider: the one it gave us as long as the zone has not changed, else the zone itself. */
export function zoneIdToWrite(zone: ZoneId, source: ZoneSource | null): string {
  return source !== null && source.zone === zone ? source.sourceId : zone;
}

/** Version of the zone rules this process computes with, such as `2025c`. */
export function zoneDataVersion(): string {
  return process.versions['tz'] ?? 'unknown';
}
