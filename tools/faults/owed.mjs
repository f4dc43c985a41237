/** Whether every write that was acknowledged here is in effect once at the provider, or was told of as refused or overridden. */

/**
 * @param {object} evidence
 * @param {import('./planner.mjs').Planned} evidence.planned
 * @param {import('./meddler.mjs').Meddled[]} evidence.meddled what others did to the same meeting
 * @param {string[]} evidence.there titles of what stands for it at the provider: one, or none
 * @param {{ title: string | null, pending: unknown, refused: { operation: string } | null,
 *   overridden?: { field: string, value: string }[] } | null} evidence.shown what `GET /v1/meetings/{id}` says; null: nothing
 * @param {Set<string>} evidence.told titles that events told of it
 * @returns {{ lost: string[], doubled: string[] }}
 */
export function judgeMeeting(evidence) {
  const { planned, there, shown } = evidence;
  const what = `${planned.id ?? 'no id'} ${JSON.stringify(planned.said.map(({ title, answer }) => [title, answer]))}`;
  const doubled = there.length > 1 ? [`${what} is there ${there.length} times: ${there.join(', ')}`] : [];
  const waits = shown?.pending ? 'it still waits to be written' : null;
  const fault = waits ?? faultOf(evidence);
  return { lost: fault ? [`${what}: ${fault}`] : [], doubled };
}

function faultOf({ planned, meddled, there, shown, told }) {
  const acked = planned.said.findLastIndex(({ answer }) => answer === 'done' || answer === 'waits');
  // What came after the last acknowledged one may be in effect or not; what was refused outright must not be.
  const maybe = planned.said.slice(acked + 1).filter(({ answer }) => answer === 'unknown');
  if (acked < 0) return maybe.length === 0 && there.length > 0 ? 'it was refused and is there' : null;
  if (!planned.inCalendar) return faultWithoutCalendar({ last: planned.said[acked], maybe, there, shown });
  const possible = [planned.said[acked], ...maybe];
  const faults = possible.map((said) => faultAfter(said, { meddled, there, shown, told }));
  return faults.includes(null) ? null : faults[0];
}

function faultWithoutCalendar({ last, maybe, there, shown }) {
  if (there.length > 0) return 'it was scheduled in no calendar and is at the provider';
  const possible = [last, ...maybe].map(({ title }) => title);
  return possible.includes(shown?.title ?? null) ? null : `here it is ${JSON.stringify(shown?.title ?? null)}`;
}

/** As if `said` had been the last word from here. */
function faultAfter(said, { meddled, there, shown, told }) {
  const refused = shown?.refused?.operation;
  if (said.type === 'delete') return there.length === 0 || refused === 'remove' ? null : 'it was deleted and is there';
  if (there.length === 0) {
    const excused = refused === 'create' || meddled.some(({ type }) => type === 'remove');
    return excused ? null : 'it is not there';
  }
  const renames = meddled.filter(({ type }) => type === 'rename');
  const later = renames.filter(({ acked, from }) => acked && from > said.to);
  if (there[0] === said.title) {
    return later.length > 0 ? `${later.at(-1).title}, a later change at the provider, was written over` : null;
  }
  if (refused === 'update') return null;
  const theirs = renames.find(({ title }) => title === there[0]);
  if (!theirs) return `it is called ${there[0]}`;
  if (shown?.overridden?.some(({ field, value }) => field === 'title' && value === said.title)) return null;
  const newer = renames.find(({ acked, from }) => acked && from > theirs.to);
  if (newer) return `${newer.title}, a later change at the provider, is not in effect`;
  if (!told.has(said.title)) return `it gave way to ${there[0]} and nobody was told`;
  return theirs.to < said.from ? `${there[0]}, which is older, came back` : null;
}

/**
 * @param {{ planned: object[], meddled: object[], there: { marker: string | null, title: string }[], told: Map<string, Set<string>>,
 *   show: (id: string) => Promise<object | null> }} all `show` is asked only where there is a doubt
 */
export async function judgeOwed({ planned, meddled, there, told, show }) {
  const verdict = { lost: [], doubled: [] };
  for (const one of planned) {
    const titles = new Set(one.said.map(({ title }) => title));
    const evidence = {
      planned: one,
      meddled: meddled.filter(({ meetingId }) => meetingId === one.id),
      // Also one without a marker would be a double, and one whose schedule was never answered is known by its title only.
      there: there
        .filter(({ marker, title }) => (one.id && marker === one.id) || titles.has(title))
        .map(({ title }) => title),
      shown: null,
      told: told.get(one.id) ?? new Set(),
    };
    let judged = judgeMeeting(evidence);
    const needsView = judged.lost.length > 0 || !one.inCalendar;
    if (needsView && one.id) judged = judgeMeeting({ ...evidence, shown: await show(one.id) });
    verdict.lost.push(...judged.lost);
    verdict.doubled.push(...judged.doubled);
  }
  return verdict;
}
