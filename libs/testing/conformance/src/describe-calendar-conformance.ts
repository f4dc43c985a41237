import { authCases } from './auth-cases';
import { contentCases } from './calendar-content-cases';
import { listingCases } from './calendar-listing-cases';
import type { ConformanceSubject } from './conformance-subject';
import { notificationCases } from './notification-cases';
import { writeCases } from './write-cases';
import { writeFailureCases } from './write-failure-cases';
import { writeOccurrenceCases } from './write-occurrence-cases';

export interface ConformanceRun {
  /** As it is to read in the report: `Google`. */
  readonly name: string;
  start(): Promise<ConformanceSubject>;
}

type Cases = (subject: () => ConformanceSubject) => void;

const OF_WRITING: readonly Cases[] = [writeCases, writeOccurrenceCases, writeFailureCases];

/**
 * The one suite every provider with a calendar passes, the fake one included: what the engine relies on. Each case starts
 * with an empty mailbox (zone of its calendar: Europe/Berlin).
 */
export function describeCalendarConformance(run: ConformanceRun): void {
  describeCases(run, [contentCases, listingCases, ...OF_WRITING, notificationCases, authCases]);
}

/** What of it is about writing, for a provider that cannot do all of the rest yet. */
export function describeWriteConformance(run: ConformanceRun): void {
  describeCases(run, OF_WRITING);
}

function describeCases({ name, start }: ConformanceRun, cases: readonly Cases[]): void {
  describe(`${name} as a calendar provider`, () => {
    let running: ConformanceSubject | null = null;
    const subject = (): ConformanceSubject => {
      if (!running) throw new Error('the subject has not been started');
      return running;
    };

    beforeEach(async () => {
      running = await start();
    });
    afterEach(async () => {
      await running?.close();
      running = null;
    });

    for (const describeThem of cases) describeThem(subject);
  });
}
