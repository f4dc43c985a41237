/** Response codes of calendar rules: https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode */
export type CalendarRefusalCode =
  | 'ErrorCalendarDurationIsTooLong'
  | 'ErrorCalendarEndDateIsEarlierThanStartDate'
  | 'ErrorCalendarInvalidDayForTimeChangePattern'
  | 'ErrorCalendarInvalidDayForWeeklyRecurrence'
  | 'ErrorCalendarInvalidRecurrence'
  | 'ErrorCalendarInvalidTimeZone'
  | 'ErrorCalendarIsCancelledForAccept'
  | 'ErrorCalendarIsCancelledForDecline'
  | 'ErrorCalendarIsCancelledForTentative'
  | 'ErrorCalendarIsNotOrganizer'
  | 'ErrorCalendarIsOrganizerForAccept'
  | 'ErrorCalendarIsOrganizerForDecline'
  | 'ErrorCalendarIsOrganizerForTentative'
  | 'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange'
  | 'ErrorCalendarOccurrenceIsDeletedFromRecurrence'
  | 'ErrorCalendarOutOfRange'
  | 'ErrorCalendarViewRangeTooBig'
  | 'ErrorInvalidItemForOperationCancelItem'
  | 'ErrorInvalidMergedFreeBusyInterval'
  | 'ErrorInvalidPropertySet'
  | 'ErrorInvalidValueForProperty'
  | 'ErrorItemNotFound'
  | 'ErrorMissingInformationEmailAddress'
  | 'ErrorOccurrenceCrossingBoundary'
  | 'ErrorOccurrenceTimeSpanTooBig'
  | 'ErrorRecurrenceEndDateTooBig'
  | 'ErrorRecurrenceHasNoOccurrence'
  | 'ErrorRequiredPropertyMissing'
  | 'ErrorTimeZone'
  | 'ErrorUnsupportedRecurrence';

/** Why a calendar rule does not allow what was asked. */
export interface CalendarRefusal {
  readonly code: CalendarRefusalCode;
  /** For `MessageText`. */
  readonly text: string;
  /** The property it is about, such as `calendar:Start`; null where Exchange names none. */
  readonly path: string | null;
}

export interface Refused {
  readonly ok: false;
  readonly refusal: CalendarRefusal;
}

export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}

export type Outcome<T> = Accepted<T> | Refused;

export const accepted = <T>(value: T): Accepted<T> => ({ ok: true, value });

export const refused = (code: CalendarRefusalCode, text: string, path: string | null = null): Refused => ({
  ok: false,
  refusal: { code, text, path },
});
