export type {
  ConformanceFault,
  ConformanceMailbox,
  ConformanceSubject,
  MovedTo,
  PlainEvent,
} from './conformance-subject';
export { type ConformanceRun, describeCalendarConformance } from './describe-calendar-conformance';
export { guardedHttpTo } from './guarded-http';
export { type HookInbox, openHookInbox } from './hook-inbox';
