export { writeQueueSuite } from './write-queue.suite';
export type { WriteQueueBench } from './write-queue-scene';
