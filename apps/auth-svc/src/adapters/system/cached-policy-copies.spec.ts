import { fail, openPolicy, type Policy } from '@daybook/contracts';
import { createLogger } from '@daybook/platform/logging';
import { FakeClock } from '@daybook/testing/fakes';
import { PolicyShelf, PolicySource } from '../../ports/policy-source';
import { CachedPolicyCopies } from './cached-policy-copies';

class FakeSource extends PolicySource {
  asked = 0;
  answer: () => Promise<Policy> = async () => policy('p0');

  fetch(): Promise<Policy> {
    this.asked += 1;
    return this.answer();
  }
}

class FakeShelf extends PolicyShelf {
  readonly kept = new Map<string, Policy>();

  async find(accountId: string) {
    return this.kept.get(accountId) ?? null;
  }
  async keep(accountId: string, kept: Policy) {
    this.kept.set(accountId, kept);
  }
}

const policy = (version: string): Policy => ({ ...openPolicy(), version });
const away = () => Promise.reject(fail('service_unavailable'));

describe('CachedPolicyCopies', () => {
  const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
  let source: FakeSource;
  let shelf: FakeShelf;
  let clock: FakeClock;
  let subject: CachedPolicyCopies;

  beforeEach(() => {
    source = new FakeSource();
    shelf = new FakeShelf();
    clock = new FakeClock();
    subject = new CachedPolicyCopies(source, shelf, logger, clock.asDates);
  });

  it('asks once for callers that come together, and again when the copy is old', async () => {
    await Promise.all([subject.get('acc_1'), subject.get('acc_1')]);
    await subject.get('acc_1');
    expect(source.asked).toBe(1);
    clock.advance(15_001);
    await subject.get('acc_1');
    expect(source.asked).toBe(2);
  });

  it('drops a copy at a word, also one that is just being fetched', async () => {
    let release: (late: Policy) => void = () => undefined;
    source.answer = () => new Promise((resolve) => (release = resolve));
    const early = subject.get('acc_1');
    subject.forget('acc_1');
    source.answer = async () => policy('p1');
    expect((await subject.get('acc_1')).version).toBe('p1');
    release(policy('p0'));
    await early;
    expect((await subject.get('acc_1')).version).toBe('p1');
  });

  it('goes by the last copy while the owner is away, also after a restart', async () => {
    source.answer = async () => ({ ...policy('p3'), enabled: false });
    await subject.get('acc_1');
    source.answer = away;
    clock.advance(60_000);
    expect(await subject.get('acc_1')).toMatchObject({ enabled: false });
    const restarted = new CachedPolicyCopies(source, shelf, logger, clock.asDates);
    expect(await restarted.get('acc_1')).toMatchObject({ enabled: false, version: 'p3' });
  });

  it('does not guess: with no copy at all it says that it cannot tell', async () => {
    source.answer = away;
    await expect(subject.get('acc_1')).rejects.toThrow('service_unavailable');
  });
});
