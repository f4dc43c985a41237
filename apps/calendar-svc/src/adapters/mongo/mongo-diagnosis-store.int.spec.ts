import { ensureIndexes } from '@daybook/platform/mongo';
import { FakeClock } from '@daybook/testing/fakes';
import { withTestDatabase } from '../../testing/sync-bench';
import { diagnosisIndexes, MongoDiagnosisStore } from './mongo-diagnosis-store';

const event = (key: string) => ({ key, calendarRemoteId: 'primary', timeZone: null });

describe('the turns and notes of diagnoses', () => {
  const database = withTestDatabase();
  let clock: FakeClock;
  let subject: MongoDiagnosisStore;
  beforeEach(async () => {
    await database().db?.dropDatabase();
    await ensureIndexes(database(), diagnosisIndexes);
    clock = new FakeClock();
    subject = new MongoDiagnosisStore(database(), clock);
  });

  const begin = (runId: string, connectionId = 'con_1') => {
    const now = clock.now();
    const [until, restUntil] = [new Date(now + 60_000), new Date(now + 5_000)];
    return subject.begin({ connectionId, runId, now: new Date(now), until, restUntil });
  };

  it('lets one of many that begin at once through, and one of another connection beside it', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => begin(`run_${index}`)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer !== null)).toEqual(Array(7).fill(new Date(clock.now() + 60_000)));
    expect(await begin('other', 'con_2')).toBeNull();
  });

  it('lets the next begin after the end and a rest, and only its own end counts', async () => {
    await begin('first');
    await subject.end('con_1', 'another');
    clock.advance(10_000);
    expect(await begin('second')).toEqual(new Date(clock.now() + 50_000));
    await subject.end('con_1', 'first');
    expect(await begin('second')).toBeNull();
    await subject.end('con_1', 'second');
    expect(await begin('third')).toEqual(new Date(clock.now() + 5_000));
  });

  it('takes one whose process died for over after its time', async () => {
    await begin('dead');
    clock.advance(60_000);
    expect(await begin('next')).toBeNull();
  });

  it('remembers test events until they are forgotten, and gives those of some age', async () => {
    await subject.notesOf('con_1').note(event('old'));
    clock.advance(60_000);
    await subject.notesOf('con_2').note(event('new'));
    const before = new Date(clock.now() - 30_000);
    expect(await subject.leftSince(before, 10)).toEqual([{ ...event('old'), connectionId: 'con_1' }]);
    await subject.notesOf('con_1').forget(event('old'));
    expect(await subject.leftSince(before, 10)).toEqual([]);
  });
});
