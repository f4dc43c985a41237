import { asText, isRecord, type RemoteCalendar } from '@daybook/provider-port';
import { zoneOf } from './event-time';

/**
 * An entry of the person's calendar list, or null for one that cannot be synced: without an id, deleted, or with free/busy
 * access only. Such a calendar has neither titles nor series (Google lists its single instances without end) and says
 * nothing about meetings but when somebody is busy, which is asked for in another way.
 */
export function readCalendar(entry: unknown): RemoteCalendar | null {
  if (!isRecord(entry) || entry['deleted'] === true) return null;
  const remoteId = asText(entry['id'], 1024);
  const role = entry['accessRole'];
  if (remoteId === '' || role === 'freeBusyReader' || role === 'none') return null;
  const primary = entry['primary'] === true;
  return {
    remoteId,
    name: asText(entry['summaryOverride'], 512) || asText(entry['summary'], 512) || remoteId,
    colour: colourOf(entry['backgroundColor']),
    timeZone: zoneOf(entry['timeZone']),
    primary,
    writable: role === 'owner' || role === 'writer',
    // Google always shows the primary calendar, whatever its entry says.
    shown: primary || entry['selected'] === true,
    owned: role === 'owner',
  };
}

function colourOf(value: unknown): string | null {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value : null;
}
