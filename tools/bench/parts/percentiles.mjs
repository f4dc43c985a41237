/** Half of the values and all but the slowest hundredth, in milliseconds with one digit. */
export function percentiles(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), longest: at(1) };
}

export const ratioOf = (value, floor) => Math.round((value / floor) * 100) / 100;
