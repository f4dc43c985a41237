/** Somebody else changed the calendar meanwhile: what was planned has to be planned again, from what is there now. */
export class CalendarMoved extends Error {
  constructor(calendarId: string) {
    super(`calendar ${calendarId} has moved on`);
    this.name = 'CalendarMoved';
  }
}
