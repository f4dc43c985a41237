import { isRecord } from '../../api/api-problem';
import type { Draft } from './draft';

/** The store of this tab; it is given in tests. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (userId: string) => `daybook.draft.${userId}`;

/** Keeps what is entered for the way to the provider and back, and no longer. */
export function keepDraft(userId: string, draft: Draft, store: Store = sessionStorage): void {
  store.setItem(nameOf(userId), JSON.stringify(draft));
}

export function forgetDraft(userId: string, store: Store = sessionStorage): void {
  store.removeItem(nameOf(userId));
}

/** What was kept, if it is whole: `like` is a draft as it is made by this release. */
export function keptDraft(userId: string, like: Draft, store: Store = sessionStorage): Draft | null {
  const text = store.getItem(nameOf(userId));
  if (text === null) return null;
  try {
    const read: unknown = JSON.parse(text);
    return isDraft(read, like) ? read : null;
  } catch {
    return null;
  }
}

function isDraft(read: unknown, like: Draft): read is Draft {
  if (!isRecord(read) || !isRecord(read.repeat) || !Array.isArray(read.attendees)) return false;
  const { calendarId } = read;
  return (
    sameShape(read, like, ['calendarId', 'repeat', 'attendees']) &&
    sameShape(read.repeat, like.repeat, ['days', 'kept']) &&
    isTexts(read.repeat.days) &&
    isTexts(read.repeat.kept) &&
    read.attendees.every((invitee) => isRecord(invitee) && typeof invitee.email === 'string') &&
    (calendarId === null || typeof calendarId === 'string')
  );
}

function sameShape(read: Record<string, unknown>, like: object, except: readonly string[]): boolean {
  return Object.entries(like).every(([name, value]) => except.includes(name) || typeof read[name] === typeof value);
}

const isTexts = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string');
