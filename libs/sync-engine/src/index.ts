export { askAgain, askAgainAt } from './ask-again';
export type { AskAgainRun, DeadLetter } from './ask-again';
export { backOffMs } from './back-off';
export { beginDelta, beginGlance, runCalendar } from './calendar-run';
export type { CalendarRun, Glance, RunOutcome } from './calendar-run';
export type {
  Advance,
  AsideItem,
  CalendarSyncState,
  CalendarSyncStore,
  Listing,
  PageCommit,
  PageOutcome,
  PreparedPage,
  ReviewRequest,
  Try,
} from './calendar-sync-store';
export { checkPush } from './diagnosis/check-push';
export { checkWatch } from './diagnosis/check-watch';
export { checkRead } from './diagnosis/check-read';
export { checkWriteThenRemove, removeTestEvent } from './diagnosis/check-write';
export type { TestEvent, TestEventNotes } from './diagnosis/check-write';
export { outcomeOfError } from './diagnosis/outcome-of-error';
export { emptyCalendar } from './empty-calendar';
export { reactionTo } from './reaction-to-error';
export type { Reaction, StopCode } from './reaction-to-error';
export { differingFields, draftOf, draftOfItem, laidOver, mergeMeeting } from './merge-meeting';
export type { MeetingMerge, MergeInput } from './merge-meeting';
export { TooManyItems } from './pass-bounds';
export { readAhead } from './read-ahead';
export { defaultRemovalLimits, removalNeedsReview } from './removal-guard';
export type { RemovalLimits, RemovalPlan } from './removal-guard';
export { reactionToWrite } from './reaction-to-write-error';
export type { WriteReaction } from './reaction-to-write-error';
export { isSilence, runWrites } from './write-back';
export type { WriteRun } from './write-back';
export type { LostField, SettleHow, WaitingWrite, WriteQueue, WriteRefusal } from './write-queue';
