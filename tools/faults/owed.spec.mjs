import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeMeeting, judgeOwed } from './owed.mjs';

const scheduled = { type: 'schedule', title: 'A', from: 10, to: 20, answer: 'done' };
const edited = { type: 'edit', title: 'B', from: 100, to: 110, answer: 'waits' };
const deleted = { type: 'delete', title: null, from: 200, to: 210, answer: 'waits' };
const rename = (more) => ({ meetingId: 'm', type: 'rename', title: 'P', from: 150, to: 160, acked: true, ...more });

function judge({ said, inCalendar = true, meddled = [], there = [], shown = null, told = [] }) {
  const verdict = judgeMeeting({
    ...{ planned: { id: 'm', inCalendar, said }, meddled, there, shown },
    told: new Set(told),
  });
  return [verdict.lost.length, verdict.doubled.length];
}
const well = [0, 0];
const lost = [1, 0];

describe('what is owed to who schedules', () => {
  it('is the last acknowledged title, once', () => {
    assert.deepEqual(judge({ said: [scheduled, edited], there: ['B'] }), well);
    assert.deepEqual(judge({ said: [scheduled, edited], there: ['A'] }), lost);
    assert.deepEqual(judge({ said: [scheduled], there: [] }), lost);
    assert.deepEqual(judge({ said: [scheduled], there: ['A', 'A'] }), [0, 1]);
  });

  it('is nothing after a deletion', () => {
    assert.deepEqual(judge({ said: [scheduled, deleted], there: [] }), well);
    assert.deepEqual(judge({ said: [scheduled, deleted], there: ['A'] }), lost);
  });

  it('may be either where a request was never answered, and must not be what was refused', () => {
    const unknown = { ...edited, answer: 'unknown' };
    assert.deepEqual(judge({ said: [scheduled, unknown], there: ['A'] }), well);
    assert.deepEqual(judge({ said: [scheduled, unknown], there: ['B'] }), well);
    assert.deepEqual(judge({ said: [{ ...scheduled, answer: 'refused' }], there: ['A'] }), lost);
  });

  it('is told where the provider refused it', () => {
    const shown = (operation) => ({ title: 'A', pending: null, refused: { operation } });
    assert.deepEqual(judge({ said: [scheduled, edited], there: ['A'], shown: shown('update') }), well);
    assert.deepEqual(judge({ said: [scheduled, deleted], there: ['A'], shown: shown('remove') }), well);
    assert.deepEqual(judge({ said: [scheduled], there: [], shown: shown('create') }), well);
  });

  it('gives way to a change at the provider only where it was in effect before, or somebody is told', () => {
    const said = [scheduled, edited];
    const overridden = [{ field: 'title', value: 'B' }];
    assert.deepEqual(judge({ said, meddled: [rename()], there: ['P'], told: ['B'] }), well);
    assert.deepEqual(judge({ said, meddled: [rename()], there: ['P'] }), lost);
    assert.deepEqual(judge({ said, meddled: [rename()], there: ['P'], shown: { overridden } }), well);
    const earlier = rename({ from: 50, to: 60 });
    assert.deepEqual(judge({ said, meddled: [earlier], there: ['P'], told: ['B'] }), lost);
  });

  it('never writes over a later change at the provider', () => {
    const said = [scheduled, edited];
    assert.deepEqual(judge({ said, meddled: [rename()], there: ['B'] }), lost);
    assert.deepEqual(judge({ said, meddled: [rename({ from: 105 })], there: ['B'] }), well);
    assert.deepEqual(judge({ said, meddled: [rename({ acked: false, to: Infinity })], there: ['B'] }), well);
    const next = rename({ title: 'Q', from: 170, to: 180 });
    assert.deepEqual(judge({ said, meddled: [rename(), next], there: ['P'], told: ['B'] }), lost);
  });

  it('ends where it was removed at the provider', () => {
    assert.deepEqual(judge({ said: [scheduled], meddled: [rename({ type: 'remove', title: null })] }), well);
  });

  it('is not over while something waits', () => {
    assert.deepEqual(judge({ said: [scheduled], there: ['A'], shown: { title: 'A', pending: {} } }), lost);
  });

  it('is kept here only where it was scheduled in no calendar', () => {
    const shown = { title: 'A', pending: null };
    assert.deepEqual(judge({ said: [scheduled], inCalendar: false, shown }), well);
    assert.deepEqual(judge({ said: [scheduled], inCalendar: false }), lost);
    assert.deepEqual(judge({ said: [scheduled], inCalendar: false, shown, there: ['A'] }), lost);
  });

  it('counts events by marker, and those that have only the title', async () => {
    const planned = [{ id: 'm', inCalendar: true, said: [scheduled] }];
    const there = [
      { marker: 'm', title: 'A' },
      { marker: null, title: 'A' },
      { marker: 'other', title: 'X' },
    ];
    const given = { planned, meddled: [], told: new Map(), show: async () => null };
    assert.equal((await judgeOwed({ ...given, there })).doubled.length, 1);
    assert.deepEqual(await judgeOwed({ ...given, there: there.slice(0, 1) }), { lost: [], doubled: [] });
  });
});
