import type { Meeting } from '@daybook/contracts';

/** Below this line of a meeting of ours stands how to join it. It is put there anew below whatever is saved. */
const DETAILS = '──────────';

/** The description without the way to join, which the meeting holds in fields of its own. */
export function ownText({ description, origin }: Pick<Meeting, 'description' | 'origin'>): string {
  const text = description ?? '';
  const end = origin === 'client' ? text.indexOf(DETAILS) : -1;
  return end < 0 ? text : text.slice(0, end).trimEnd();
}
