export { writeQueueSuite } from './write-queue.suite';
export type { WriteQueueBench } from './write-queue-scene';
export { type CoveredListingBench, coveredListingSuite } from './covered-listing.suite';
