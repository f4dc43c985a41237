import type { Draft } from './draft';
import { sameTime, timeFields } from './bodies';

/** Fields that are one decision of a person and are taken or left together. */
export const parts = ['topic', 'time', 'repeat', 'calendar', 'attendees', 'visibility', 'description'] as const;
export type Part = (typeof parts)[number];

const fieldsOf: Record<Part, readonly (keyof Draft)[]> = {
  topic: ['topic'],
  time: timeFields,
  repeat: ['repeat'],
  calendar: ['calendarId'],
  attendees: ['attendees'],
  visibility: ['visibility'],
  description: ['description'],
};

/** Which parts are different between two states of a meeting. */
export function differences(before: Draft, after: Draft): Part[] {
  return parts.filter((part) => {
    if (part === 'time') return !sameTime(before, after);
    return fieldsOf[part].some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  });
}

/** What a person entered, on top of what the meeting is by now: what they left alone follows it, what they changed stays. */
export function onTopOf(base: Draft, mine: Draft, present: Draft): Draft {
  const entered = differences(base, mine).flatMap((part) => fieldsOf[part]);
  const own = Object.fromEntries(entered.map((name) => [name, mine[name]]));
  return { ...present, notify: mine.notify, ...own };
}
