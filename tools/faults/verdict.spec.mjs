import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deckOf } from './deck.mjs';
import { seeded } from './random.mjs';
import { compareSides, judgeEvents, missing } from './verdict.mjs';

const event = (subject, sequence, id = `${subject}${sequence}`) => ({ body: { subject, sequence, id } });

describe('the verdict on an experiment', () => {
  it('names rows that one side lacks, equal ones by their number', () => {
    assert.deepEqual(missing(['a', 'a', 'b'], ['a']), ['a', 'b']);
    assert.deepEqual(missing(['a'], ['a', 'a']), []);
  });

  it('waits until both sides are equal', async () => {
    let calls = 0;
    const ours = async () => ((calls += 1) < 2 ? [] : ['x']);
    const result = await compareSides({ theirs: async () => ['x'], ours });
    assert.deepEqual(result, { lost: [], extra: [], rows: 1 });
  });

  it('counts gaps as lost and two ids for one change as doubled; the same id twice is neither', () => {
    const events = [event('a', 1), event('a', 1), event('a', 3), event('b', 1), event('b', 1, 'other')];
    assert.deepEqual(judgeEvents(events), { lost: 1, doubled: 1 });
  });

  it('counts what was made or cancelled twice in a row as doubled, and so what was sent under another id', () => {
    const told = (sequence, kind) => ({ body: { ...event('a', sequence).body, type: `evt.meeting.${kind}.v1` } });
    const wellTold = [told(3, 'cancelled'), told(1, 'created'), told(2, 'updated'), told(4, 'created')];
    assert.deepEqual(judgeEvents(wellTold), { lost: 0, doubled: 0 });
    const twice = [told(1, 'created'), told(2, 'updated'), told(3, 'created')];
    assert.deepEqual(judgeEvents(twice), { lost: 0, doubled: 1 });
    assert.deepEqual(judgeEvents([{ ...event('a', 1), messageId: 'other' }]), { lost: 0, doubled: 1 });
  });

  it('waits until nothing is owed, too', async () => {
    let calls = 0;
    const owed = async () => ({ lost: (calls += 1) < 2 ? ['x'] : [], doubled: [] });
    const result = await compareSides({ theirs: async () => [], ours: async () => [], owed });
    assert.deepEqual([result.lost, calls], [[], 2]);
  });

  it('draws each kind of harm once before any comes again', () => {
    const deck = deckOf(['a', 'b', 'c'], seeded(7));
    const drawn = Array.from({ length: 6 }, () => deck.draw());
    assert.deepEqual(
      [drawn.slice(0, 3).sort(), drawn.slice(3).sort()],
      [
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
      ],
    );
  });

  it('comes from the same experiments for the same seed', () => {
    const [one, two] = [seeded(7), seeded(7)];
    assert.deepEqual([one.next(), one.between(1, 9)], [two.next(), two.between(1, 9)]);
  });
});
