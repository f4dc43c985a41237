import { authCases } from './auth-cases';
import { availabilityCases } from './availability-cases';
import { contentCases } from './calendar-content-cases';
import { listingCases } from './calendar-listing-cases';
import type { ConformanceSubject } from './conformance-subject';
import { notificationCases } from './notification-cases';
import { watchCases } from './watch-cases';
import { writeCases } from './write-cases';
import { writeFailureCases } from './write-failure-cases';
import { writeOccurrenceCases } from './write-occurrence-cases';

export interface ConformanceRun {
  /** As it is to read in the report: `Google`. */
  readonly name: string;
  start(): Promise<ConformanceSubject>;
}

/**
 * The one suite every provider with a calendar passes, the fake one included: what the engine relies on. Each case starts
 * with an empty mailbox (zone of its calendar: Europe/Berlin).
 */
export function describeCalendarConformance({ name, start }: ConformanceRun): void {
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

    contentCases(subject);
    listingCases(subject);
    writeCases(subject);
    writeOccurrenceCases(subject);
    writeFailureCases(subject);
    notificationCases(subject);
    watchCases(subject);
    availabilityCases(subject);
    authCases(subject);
  });
}
