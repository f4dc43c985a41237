/** JetStream streams of a deployment. Ages in milliseconds. */
export const streams = {
  events: { name: 'DAYBOOK_EVENTS', subjects: ['evt.>'], retention: 'limits', maxAgeMs: 7 * 86_400_000 },
  jobs: { name: 'DAYBOOK_JOBS', subjects: ['job.>'], retention: 'workqueue', maxAgeMs: 86_400_000 },
  audit: { name: 'DAYBOOK_AUDIT', subjects: ['audit.>'], retention: 'workqueue', maxAgeMs: 30 * 86_400_000 },
} as const;
export type StreamDefinition = (typeof streams)[keyof typeof streams];

export const eventSubjects = {
  meetingCreated: 'evt.calendar.meeting.created.v1',
  meetingUpdated: 'evt.calendar.meeting.updated.v1',
  meetingCancelled: 'evt.calendar.meeting.cancelled.v1',
  connectionChanged: 'evt.auth.connection.changed.v1',
  policyChanged: 'evt.admin.policy.changed.v1',
} as const;
export type EventSubject = (typeof eventSubjects)[keyof typeof eventSubjects];

export const jobSubjects = { calendarSync: 'job.calendar.sync' } as const;
