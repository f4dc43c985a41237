import { openPolicy, type Connection, type Meeting, type Policy, type SessionGrant } from '@daybook/contracts';

export const person = { userId: 'usr_ada', accountId: 'acc_one', sessionId: 'ses_one' };

export const policy: Policy = { ...openPolicy(), version: 'p1' };

export const connection: Connection = {
  id: 'con_one',
  service: 'google',
  method: 'oauth2',
  account: 'ada@example.com',
  state: 'active',
  calendar: { state: 'active', freshness: { stale: false, sources: [] } },
  contacts: { state: 'off', freshness: { stale: false, sources: [] } },
  permissions: {
    wanted: { calendar: 'read', contacts: 'none' },
    granted: { calendar: 'read', contacts: 'none' },
    missing: [],
  },
  version: 'v7',
};

export const grant: SessionGrant = {
  accessToken: 'token-for-scripts',
  expiresIn: 900,
  refreshToken: 'refresh-1',
  refreshExpiresIn: 1000,
  user: {
    id: 'usr_ada',
    email: 'ada@example.com',
    name: 'Ada',
    role: 'member',
    language: 'en',
    timeZone: 'Europe/Berlin',
  },
};

export const meeting: Meeting = {
  id: 'mtg_one',
  kind: 'meeting',
  title: 'Planning',
  start: { dateTime: '2026-11-23T09:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-11-23T10:00:00', timeZone: 'Europe/Berlin' },
  allDay: false,
  series: null,
  originalStart: null,
  host: null,
  attendees: [],
  response: 'accepted',
  visibility: 'default',
  redacted: false,
  calendar: null,
  location: null,
  join: {
    recognised: false,
    label: null,
    provider: null,
    url: null,
    number: null,
    passcode: null,
    because: null,
    candidates: [],
  },
  origin: 'provider',
  actions: { join: false, edit: false, delete: false, reasons: {} },
  editUrl: null,
  pending: null,
  refused: null,
  attendeesAtProvider: true,
  alsoIn: [],
  version: 'm3',
};
