import { resolveZone, windowsIdOf, type ZoneId } from '@daybook/domain';
import { asText } from '@daybook/provider-port';

export const LONGEST_ZONE = 128;

/** The zone of a name, Windows' or another; null for one nobody knows, and for what is no text. */
export function zoneOf(id: unknown): ZoneId | null {
  return typeof id === 'string' ? resolveZone(asText(id, LONGEST_ZONE)).zone : null;
}

/** Windows' name of a zone; null where it has none, and then Exchange has none either. */
export function zoneName(zone: ZoneId): string | null {
  return zone === 'UTC' ? 'UTC' : windowsIdOf(zone);
}
