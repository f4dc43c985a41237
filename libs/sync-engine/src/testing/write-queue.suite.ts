import { createCases, updateCases } from './write-queue-edit-cases';
import { deltaCases, orderCases, removeCases } from './write-queue-other-cases';
import { QueueScene, type WriteQueueBench } from './write-queue-scene';

/** What every queue does. Each case gets a bench of its own, with nothing in it. */
export function writeQueueSuite(start: () => Promise<WriteQueueBench>): void {
  let scene: QueueScene;
  beforeEach(async () => {
    scene = new QueueScene(await start());
  });
  const on = () => scene;

  describe('for what is new', () => createCases(on));
  describe('for what is edited', () => updateCases(on));
  describe('for what is removed', () => removeCases(on));
  describe('when a delta run comes between', () => deltaCases(on));
  describe('with several writes', () => orderCases(on));
}
