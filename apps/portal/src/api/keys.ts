/** Names of what is cached. The first word is what a live hint invalidates. */
export const keys = {
  me: ['me'],
  services: ['services'],
  connections: ['connections'],
  calendars: ['calendars'],
  review: (calendarId: string) => ['calendars', 'review', calendarId],
  meetings: ['meetings'],
  meetingList: (filter: object) => ['meetings', 'list', filter],
  meetingRange: (filter: object) => ['meetings', 'range', filter],
  meeting: (id: string) => ['meetings', 'one', id],
  /** What the person just did to a meeting: not read from anywhere, only told. */
  written: (id: string) => ['written', id],
  meetingSearch: (q: string) => ['meetings', 'search', q],
  receipt: (id: string) => ['receipts', id],
  policy: ['policy'],
  apiKeys: ['api-keys'],
} as const;
