/**
 * Ratios that a busy machine does not spoil: the thing measured and its bare floor run in turns, in alternating order, and
 * only the ratio within a pair counts. A control pair (the floor against itself) shows what the machine adds by itself.
 */
const MINIMUM_PAIRS = 9;

/** @returns {number} the middle value; of an even count the mean of the two in the middle */
export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function milliseconds(act) {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

async function ratios(floor, subject, pairs) {
  const seen = { ratios: [], floor: [], subject: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    let floorMs;
    let subjectMs;
    if (pair % 2 === 0) {
      floorMs = await milliseconds(floor);
      subjectMs = await milliseconds(subject);
    } else {
      subjectMs = await milliseconds(subject);
      floorMs = await milliseconds(floor);
    }
    seen.ratios.push(subjectMs / floorMs);
    seen.floor.push(floorMs);
    seen.subject.push(subjectMs);
  }
  return seen;
}

/** Median and spread (least and greatest) of a list of ratios, three digits. */
export function summarise(values) {
  const rounded = (value) => Math.round(value * 1000) / 1000;
  return { ratio: rounded(median(values)), spread: [rounded(Math.min(...values)), rounded(Math.max(...values))] };
}

/**
 * @param {object} measured
 * @param {() => Promise<unknown>} measured.floor the least that could do the work: no library of ours
 * @param {() => Promise<unknown>} measured.subject the product doing the same work
 * @param {number} [measured.pairs] at least 9
 * @param {number} [measured.warmUps] runs of each before counting
 * @returns {Promise<{ ratio: number, spread: number[], control: { ratio: number, spread: number[] }, pairs: number,
 *   floorMs: number, subjectMs: number }>} `floorMs`, `subjectMs`: medians
 */
export async function measurePairs({ floor, subject, pairs = MINIMUM_PAIRS, warmUps = 1 }) {
  const counted = Math.max(MINIMUM_PAIRS, pairs);
  for (let run = 0; run < warmUps; run += 1) {
    await floor();
    await subject();
  }
  const seen = await ratios(floor, subject, counted);
  const control = await ratios(floor, floor, counted);
  const tenths = (values) => Math.round(median(values) * 10) / 10;
  return {
    ...summarise(seen.ratios),
    control: summarise(control.ratios),
    pairs: counted,
    floorMs: tenths(seen.floor),
    subjectMs: tenths(seen.subject),
  };
}
