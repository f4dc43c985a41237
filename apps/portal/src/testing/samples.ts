import type { Calendar, Connection } from '@daybook/contracts';

const freshness = { stale: false, sources: [] };

/** A connection that reads and writes calendars, to change where a spec needs it. */
export function aConnection(more: Partial<Connection> = {}): Connection {
  return {
    id: 'con_1',
    service: 'google',
    method: 'oauth2',
    account: 'ada@example.com',
    state: 'active',
    calendar: { state: 'active', freshness },
    contacts: { state: 'off', freshness },
    permissions: {
      wanted: { calendar: 'readWrite', contacts: 'none' },
      granted: { calendar: 'readWrite', contacts: 'none' },
      missing: [],
    },
    version: 'c1',
    ...more,
  };
}

/** A calendar of that connection which its person may write to. */
export function aCalendar(more: Partial<Calendar> = {}): Calendar {
  return {
    id: 'cal_1',
    connectionId: 'con_1',
    name: 'Work',
    service: 'google',
    colour: null,
    timeZone: 'Europe/Berlin',
    primary: false,
    writable: true,
    selected: true,
    freshness,
    unreadable: 0,
    review: null,
    undoable: null,
    version: 'k1',
    ...more,
  };
}
