/** Ways in which items of real mailboxes are damaged; each fits Graph's schema. */
const DAMAGES: readonly ((event: Record<string, unknown>) => Record<string, unknown>)[] = [
  // A broken client wrote an end before the start.
  (event) => ({ ...event, end: { dateTime: '1899-12-30T00:00:00.0000000', timeZone: 'UTC' } }),
  // The zone was removed from the server, or was made up by an importer.
  (event) => ({
    ...event,
    originalStartTimeZone: 'Atlantis Standard Time',
    originalEndTimeZone: 'Atlantis Standard Time',
    start: { dateTime: '2026-02-28T00:00:00.0000000', timeZone: 'Atlantis Standard Time' },
    end: { dateTime: '2026-02-28T01:00:00.0000000', timeZone: 'Atlantis Standard Time' },
  }),
  // A rule that never happens.
  (event) => ({
    ...event,
    type: 'seriesMaster',
    recurrence: {
      pattern: {
        type: 'weekly',
        interval: 0,
        month: 0,
        dayOfMonth: 0,
        daysOfWeek: [],
        firstDayOfWeek: 'sunday',
        index: 'first',
      },
      range: {
        type: 'noEnd',
        startDate: '0001-01-01',
        endDate: '0001-01-01',
        recurrenceTimeZone: '',
        numberOfOccurrences: 0,
      },
    },
  }),
];

/** An event damaged in one of these ways; which, hangs on its id, so that the same one is damaged alike again. */
export function spoilt(json: string): string {
  const event: Record<string, unknown> = JSON.parse(json);
  const sum = [...String(event['id'])].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return JSON.stringify(DAMAGES[sum % DAMAGES.length]?.(event) ?? event);
}
