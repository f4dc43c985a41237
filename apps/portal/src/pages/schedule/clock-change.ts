import { offsetAt, toCivil, toInstant } from '../../time/zoned-time';

const DAY_MS = 86_400_000;

/** `skipped`: the clock goes forward over it, so the meeting begins at `begins`; `twice`: the clock goes back over it. */
export type ClockChange = { readonly kind: 'skipped'; readonly begins: string } | { readonly kind: 'twice' };

/** What a change of the clock makes of a wall-clock time in a zone; null on all other days. */
export function clockChange(civil: string, zone: string): ClockChange | null {
  const first = toInstant(civil, zone);
  const read = toCivil(first, zone);
  if (read.slice(0, 16) !== civil.slice(0, 16)) return { kind: 'skipped', begins: read.slice(11, 16) };
  const later = Date.parse(`${civil.slice(0, 19)}Z`) - offsetAt(first + DAY_MS, zone);
  return later !== first && toCivil(later, zone) === read ? { kind: 'twice' } : null;
}
