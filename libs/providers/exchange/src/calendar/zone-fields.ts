/**
 * How a zone is read of an item. A name that is known says all; the rules of any other are read, as far as there are some.
 * Sources: learn.microsoft.com/exchange/client-developer/web-service-reference/starttimezone, …/meetingtimezone.
 */
import { attributes, list, record, recordOf, type RecordShape, text, textWith } from '../transport/record-shape';
import { zoneOf } from './zone-name';

const SMALL = text(40);
const YEARLY = record({ DaysOfWeek: SMALL, DayOfWeekIndex: SMALL, Month: SMALL });
const CHANGE = record({ Offset: SMALL, RelativeYearlyRecurrence: YEARLY, Time: SMALL });

/** `MeetingTimeZone` of servers before 2010: the rules of one year. */
export const OLDER_ZONE: RecordShape = {
  ...record({ BaseOffset: SMALL, Standard: CHANGE, Daylight: CHANGE }, ['TimeZoneName']),
  isToldBy: ({ TimeZoneName: name }) => zoneOf(name) !== null,
};

const TO = textWith('Kind');
const TRANSITION = record({
  ...{ To: TO, DateTime: SMALL, TimeOffset: SMALL, Month: SMALL },
  ...{ DayOfWeek: SMALL, Occurrence: SMALL, Day: SMALL },
});
const TRANSITIONS = {
  Transition: TRANSITION,
  AbsoluteDateTransition: TRANSITION,
  RecurringDayTransition: TRANSITION,
  RecurringDateTransition: TRANSITION,
};

/** `StartTimeZone` and `EndTimeZone`. */
export const ZONE: RecordShape = {
  ...record(
    {
      Periods: list({ Period: attributes('Id', 'Bias') }),
      TransitionsGroups: list({ TransitionsGroup: recordOf(TRANSITIONS, ['Id']) }),
      Transitions: list(TRANSITIONS),
    },
    ['Id'],
  ),
  isToldBy: ({ Id: id }) => zoneOf(id) !== null,
};
