const PREFIX = 'https://www.googleapis.com/auth/';

/** Scopes about who somebody is: never a tick box, always granted together. */
const IDENTITY = ['openid', 'email', 'profile', `${PREFIX}userinfo.email`, `${PREFIX}userinfo.profile`];
const CANONICAL: Record<string, string> = {
  email: `${PREFIX}userinfo.email`,
  profile: `${PREFIX}userinfo.profile`,
};

/** What the consent page says about each scope with a tick box. */
const LABELS: Record<string, string> = {
  calendar: 'See, edit, share, and permanently delete all the calendars you can access using Google Calendar',
  'calendar.readonly': 'See and download any calendar you can access using your Google Calendar',
  'calendar.events': 'View and edit events on all your calendars',
  'calendar.events.readonly': 'View events on all your calendars',
  'calendar.events.owned': 'See, create, change, and delete events on Google calendars you own',
  'calendar.events.owned.readonly': 'See the events on Google calendars you own',
  'calendar.events.freebusy': 'See the availability on Google calendars you have access to',
  'calendar.events.public.readonly': 'See the events on public calendars',
  'calendar.app.created': 'Make secondary Google calendars, and see, create, change, and delete events on them',
  'calendar.calendarlist': 'See, add, and remove Google calendars you’re subscribed to',
  'calendar.calendarlist.readonly': 'See the list of Google calendars you’re subscribed to',
  'calendar.calendars':
    'See and change the properties of Google calendars you have access to, and create secondary calendars',
  'calendar.calendars.readonly':
    'See the title, description, default time zone, and other properties of Google calendars you have access to',
  'calendar.freebusy': 'View your availability in your calendars',
  'calendar.settings.readonly': 'View your Calendar settings',
  'calendar.acls': 'See and change the sharing permissions of Google calendars you own',
  'calendar.acls.readonly': 'See the sharing permissions of Google calendars you own',
  contacts: 'See, edit, download, and permanently delete your contacts',
  'contacts.readonly': 'See and download your contacts',
  'contacts.other.readonly': 'See and download contact info automatically saved in your “Other contacts”',
  'directory.readonly': 'See and download your organization’s Google Workspace directory',
};

/** Splits a `scope` parameter; doubles and empty words fall away. */
export const splitScopes = (text: string): string[] => [...new Set(text.split(/\s+/).filter(Boolean))];

/** The scope as Google echoes it: `email` and `profile` come back in their long form. */
export const canonicalScope = (scope: string): string => CANONICAL[scope] ?? scope;

export const isIdentityScope = (scope: string): boolean => IDENTITY.includes(scope);

/** The words of the consent page; null for a scope Google does not know. */
export function scopeLabel(scope: string): string | null {
  return scope.startsWith(PREFIX) ? (LABELS[scope.slice(PREFIX.length)] ?? null) : null;
}

export const isKnownScope = (scope: string): boolean => isIdentityScope(scope) || scopeLabel(scope) !== null;

const full = (...names: string[]): readonly string[] => names.map((name) => PREFIX + name);

/** Which scopes open which methods: any one of a list will do (reference of each method). */
export const METHOD_SCOPES = {
  eventsRead: full(
    'calendar',
    'calendar.readonly',
    'calendar.events',
    'calendar.events.readonly',
    'calendar.events.owned',
    'calendar.events.owned.readonly',
    'calendar.app.created',
  ),
  eventsWrite: full('calendar', 'calendar.events', 'calendar.events.owned', 'calendar.app.created'),
  calendarListRead: full('calendar', 'calendar.readonly', 'calendar.calendarlist', 'calendar.calendarlist.readonly'),
  calendarListWrite: full('calendar', 'calendar.calendarlist'),
  calendarsRead: full(
    'calendar',
    'calendar.readonly',
    'calendar.calendars',
    'calendar.calendars.readonly',
    'calendar.app.created',
  ),
  calendarsWrite: full('calendar', 'calendar.calendars', 'calendar.app.created'),
  freeBusy: full('calendar', 'calendar.readonly', 'calendar.freebusy', 'calendar.events.freebusy'),
  settings: full('calendar', 'calendar.readonly', 'calendar.settings.readonly'),
  anyCalendar: Object.keys(LABELS)
    .filter((name) => name.startsWith('calendar'))
    .map((name) => PREFIX + name),
} as const;

export type MethodScopes = keyof typeof METHOD_SCOPES;
