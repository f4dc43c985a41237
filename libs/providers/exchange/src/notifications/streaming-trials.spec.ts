import { FakeClock } from '@daybook/testing/fakes';
import { writeAccess } from '../transport/access-text';
import { StreamingTrials } from './streaming-trials';

const MINUTE = 60_000;
const accessOf = (user: string, host = 'mail.example.com') =>
  writeAccess({
    url: `https://${host}/EWS/Exchange.asmx`,
    ...{ user, domain: null, password: 'secret', version: 'Exchange2013_SP1' },
  });

describe('trials of an open answer', () => {
  let clock: FakeClock;
  let subject: StreamingTrials;
  beforeEach(() => {
    clock = new FakeClock();
    subject = new StreamingTrials(clock);
  });

  it('are known of a mailbox by every access to it, and of no other', () => {
    const until = subject.notCame(accessOf('ada'));
    expect(until).toBe(clock.now() + 30 * MINUTE);
    expect(subject.nextOf(accessOf('ada'))).toBe(until);
    expect([subject.nextOf(accessOf('ben')), subject.nextOf(accessOf('ada', 'other.example'))]).toEqual([null, null]);
  });

  it('are due a little early rather than to be waited for', () => {
    subject.notCame(accessOf('ada'));
    clock.advance(29 * MINUTE);
    expect(subject.nextOf(accessOf('ada'))).not.toBeNull();
    clock.advance(1);
    expect(subject.nextOf(accessOf('ada'))).toBeNull();
  });

  it('are remembered of ten thousand mailboxes at most, the latest ones', () => {
    for (let n = 0; n <= 10_000; n += 1) subject.notCame(accessOf(`user${n}`));
    const due = ['user0', 'user1', 'user10000'].map((user) => subject.nextOf(accessOf(user)) === null);
    expect(due).toEqual([true, false, false]);
  });
});
