import type { Instant } from '@daybook/domain';
import { type Cursor, ProviderError } from '@daybook/provider-port';

/** The stretch of time a round of change tracking covers. Graph keeps it as it was at the beginning of the round. */
export interface CoveredWindow {
  readonly from: Instant;
  readonly to: Instant;
}

export interface DeltaCursor {
  readonly window: CoveredWindow;
  /** Page or delta link, as Graph gave it. */
  readonly link: string;
}

const DAY = 86_400_000;
const BACK_DAYS = 90;
const AHEAD_DAYS = 415;
/** A round is begun anew after so long; until then the stretch still reaches 90 days back and 400 ahead. */
const MOVED_AFTER_DAYS = 14;
/** Names what rounds are asked for with; another one ends older cursors in a full resync. */
const KIND = 'm2';
const LONGEST_LINK = 16_384;

/** Whole UTC days. */
export function windowAt(now: Instant): CoveredWindow {
  const today = Math.floor(now / DAY) * DAY;
  return { from: today - BACK_DAYS * DAY, to: today + AHEAD_DAYS * DAY };
}

/** Whether a round has to be begun anew, because time has gone on under its window. */
export function isBehind({ from }: CoveredWindow, now: Instant): boolean {
  return now - from >= (BACK_DAYS + MOVED_AFTER_DAYS + 1) * DAY;
}

export function toCursor({ window, link }: DeltaCursor): Cursor {
  return `${KIND}.${window.from}.${window.to}.${link}`;
}

/** @throws ProviderError CursorExpired for what is none of ours */
export function readCursor(cursor: Cursor): DeltaCursor {
  const found = /^(\w+)\.(-?\d{1,15})\.(-?\d{1,15})\.(https?:\/\/.+)$/.exec(cursor);
  const [, kind, from, to, link] = found ?? [];
  if (kind !== KIND || link === undefined || link.length > LONGEST_LINK)
    throw new ProviderError('CursorExpired', { detail: 'a cursor of another kind' });
  return { window: { from: Number(from), to: Number(to) }, link };
}
