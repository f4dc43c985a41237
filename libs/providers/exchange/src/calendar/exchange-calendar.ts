import type { CalendarPort, CalendarSession, ChangesRequest } from '@daybook/provider-port';
import { readAccess } from '../transport/access-text';
import type { EwsClient } from '../transport/ews-client';
import { createExchangeWrites } from './exchange-writes';
import { glance } from './glance';
import { PRIMARY } from './item-address';
import type { ItemDoor } from './item-door';
import { listCalendars } from './list-calendars';
import { listChanges } from './list-changes';
import { mailboxZone } from './mailbox-zone';
import { readItem } from './read-item';

/** A mailbox serves many at once, but a few less busy requests leave it to the people who work in it. */
const REQUESTS_AT_ONCE = 2;

export function createExchangeCalendar(client: EwsClient): CalendarPort {
  return {
    requestsAtOnce: REQUESTS_AT_ONCE,
    remoteIdForm: 'ewsId',
    open: (access): CalendarSession => {
      const zone = readOnce(() => mailboxZone(client, access));
      const doorTo = (calendarRemoteId: string): ItemDoor => {
        return { client, access, calendarRemoteId, url: readAccess(access).url, zone };
      };
      return {
        primary: PRIMARY,
        calendars: () => listCalendars(client, access),
        changes: (request) => changesOf(() => doorTo(request.calendarRemoteId), request),
        item: async ({ calendarRemoteId, remoteId }) => readItem(doorTo(calendarRemoteId), remoteId),
        writes: createExchangeWrites(doorTo),
      };
    },
  };
}

/** Made when somebody looks: what is no access is told by the first request then, as a refused one would be. */
async function* changesOf(door: () => ItemDoor, request: ChangesRequest): ReturnType<CalendarSession['changes']> {
  yield* request.window.type === 'between' ? glance(door(), request.window) : listChanges(door(), request);
}

function readOnce<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
}
