/**
 * Ratios where each side says itself what it cost, so that preparing does not count: the thing measured stands between two
 * runs of its floor and is compared with their mean; the two floors against each other are the control pair of that round.
 */
import { median, summarise } from './pairs.mjs';

const MINIMUM_ROUNDS = 9;

const tenths = (values) => Math.round(median(values) * 10) / 10;

/**
 * @param {object} measured
 * @param {() => Promise<number>} measured.floor gives what it cost, in any unit
 * @param {() => Promise<number>} measured.subject in the same unit
 * @param {number} [measured.rounds] at least 9
 * @param {number} [measured.warmUps]
 * @returns {Promise<{ ratio: number, spread: number[], control: { ratio: number, spread: number[] }, pairs: number,
 *   floor: number, subject: number }>} medians
 */
export async function measureRounds({ floor, subject, rounds = MINIMUM_ROUNDS, warmUps = 1 }) {
  for (let run = 0; run < warmUps; run += 1) {
    await floor();
    await subject();
  }
  const seen = { before: [], subject: [], after: [] };
  for (let round = 0; round < Math.max(MINIMUM_ROUNDS, rounds); round += 1) {
    seen.before.push(await floor());
    seen.subject.push(await subject());
    seen.after.push(await floor());
  }
  const ratios = seen.subject.map((cost, round) => cost / ((seen.before[round] + seen.after[round]) / 2));
  // Turned around every second time: a machine that slows down steadily does not look like a difference.
  const control = seen.before.map((cost, round) =>
    round % 2 === 0 ? cost / seen.after[round] : seen.after[round] / cost,
  );
  return {
    ...summarise(ratios),
    control: summarise(control),
    pairs: ratios.length,
    floor: tenths([...seen.before, ...seen.after]),
    subject: tenths(seen.subject),
  };
}
