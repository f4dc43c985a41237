import { DiagnosisBench } from '../testing/diagnosis-bench';
import { removeTestEvents } from './remove-test-events';

describe('test events that were left', () => {
  let subject: DiagnosisBench;
  const logged: string[] = [];
  const remove = () =>
    removeTestEvents({
      diagnoses: subject.store,
      store: { connection: async () => ({ service: 'google', method: 'oauth2' }) },
      access: subject,
      clock: subject.clock,
      providerFor: () => subject.provider,
      log: (message) => void logged.push(message),
    });

  beforeEach(async () => {
    subject = new DiagnosisBench();
    logged.length = 0;
    subject.fake.faults.add({ kind: 'unavailable', on: 'remove', times: 2 });
    expect(await subject.look()).toMatchObject({ write_then_remove: 'failed test_event_left' });
    expect(subject.mailbox.items()).toHaveLength(1);
  });

  it('are removed as soon as the provider lets us', async () => {
    subject.fake.faults.add({ kind: 'unavailable', on: 'remove' });
    await remove();
    expect(logged).toHaveLength(1);
    expect(subject.store.events.size).toBe(1);
    await remove();
    expect(subject.mailbox.items()).toEqual([]);
    expect(subject.store.events.size).toBe(0);
  });

  it('wait while there is no access, or the provider has asked to wait', async () => {
    subject.refused('ConsentRevoked');
    await remove();
    subject.grants = [subject.granted({ notBefore: new Date(subject.clock.now() + 1_000).toISOString() })];
    await remove();
    expect(subject.store.events.size).toBe(1);
    expect(logged).toEqual([]);
  });
});
