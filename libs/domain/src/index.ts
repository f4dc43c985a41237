export {
  addDays,
  type CivilDate,
  type CivilDateTime,
  dateOf,
  daysBetween,
  isCivilDate,
  isCivilDateTime,
  weekdayOfDate,
} from './time/civil';
export { type Instant, offsetAt, type ZoneId } from './time/zone-offsets';
export { type BusyStatus, type BusyTime, joinBusy } from './time/busy-times';
export { formatInstant, parseInstant, startOfDay, toCivil, toInstant } from './time/zoned-time';
export {
  isZone,
  resolveZone,
  windowsIdOf,
  zoneDataVersion,
  zoneIdToWrite,
  type ZoneResolution,
  type ZoneSource,
} from './time/zone-names';
export { matchZone, type YearSpan, type ZoneDescription, type ZoneObservance } from './time/match-zone';
export {
  type AllDayMeetingTime,
  type Attendee,
  type AttendeeRole,
  instantOf,
  isAllDayTime,
  type MeetingKind,
  type MeetingTime,
  type Person,
  type Response,
  type TimedMeetingTime,
  type Visibility,
} from './meeting/meeting';
export { hostIsMe, isOwnAddress, sameAddress } from './meeting/host';
export type {
  AddedDate,
  ByDay,
  Frequency,
  LineTime,
  Recurrence,
  RecurrenceReading,
  RecurrenceRefusal,
  RefusalCode,
  Rule,
  RuleEnd,
} from './recurrence/rule';
export { parseRecurrence } from './recurrence/parse-recurrence';
export { mostOccurrences, readSeries, type Series, type SeriesReading } from './recurrence/series';
export { expand, firstOccurrence, lastEnd } from './recurrence/expand';
export {
  lastDateOf,
  linesToOutlookRule,
  type NthWeekday,
  type OutlookEnd,
  type OutlookPattern,
  type OutlookReading,
  type OutlookRule,
} from './recurrence/outlook-rule';
export { outlookRuleToLine } from './recurrence/outlook-line';
export { isMoved } from './recurrence/is-moved';
export { datesOfRule, placeInRule } from './recurrence/rule-dates';
export { splitRecurrence, type SplitRecurrence } from './recurrence/split-recurrence';
export { describeRule, type RuleParts } from './recurrence/describe-rule';
export {
  type Expansion,
  type Occurrence,
  type OriginalStart,
  originalStartKey,
  type SeriesDefinition,
  type SeriesException,
  type TimeWindow,
} from './recurrence/series-definition';
export { brands, createJoinDetector, type JoinDetector } from './join-link/detect-join-link';
export { hostedLink, type HostedNumber } from './join-link/hosted-link';
export { holdsJoinPart, type ToldOfJoining } from './join-link/join-part';
export { unwrapLink, type UnwrappedLink } from './join-link/unwrap-link';
export type { JoinCandidate, JoinField, JoinFinding, JoinInput, JoinLoss } from './join-link/join-finding';
export { isPrivate, type JoinView, type MeetingView, redact, viewFor } from './privacy/redact';
export {
  effectivePermission,
  leastOf,
  missingPermission,
  openPolicy,
  type Permission,
  type PermissionPolicy,
  type Policy,
} from './policy/policy';
export { readIcs, type IcsOptions, type IcsReading } from './ics/read-ics';
export type { IcsEvent } from './ics/ics-event';
export type { UnreadablePart } from './ics/ics-blocks';
