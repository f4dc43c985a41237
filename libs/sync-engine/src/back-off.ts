/** Full-jitter exponential back-off (milliseconds): doubles from `firstMs`, never over `longestMs`. `random` gives 0 to 1. */
export function backOffMs(failures: number, random: () => number, firstMs = 2_000, longestMs = 900_000): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 20));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
