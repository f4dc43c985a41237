/**
 * What a change of a series takes several requests for: it goes out with the first of them and comes off with the last, so that
 * whoever finds it goes on from there. Kept in our note, as text that anybody with a MAPI editor may have written.
 */
import {
  type Attendee,
  isCivilDate,
  isCivilDateTime,
  isZone,
  type MeetingTime,
  type Visibility,
} from '@daybook/domain';
import { asText, isRecord, listOf } from '@daybook/provider-port';

/** What an occurrence has that its series has not. */
export interface KeptOccurrence {
  readonly title?: string;
  readonly description?: string;
  /** The description as HTML, where it was formatted and there is room for it. */
  readonly formatted?: string;
  readonly location?: string;
  readonly visibility?: Visibility;
  readonly attendees?: readonly Attendee[];
  readonly start?: MeetingTime;
  readonly end?: MeetingTime;
  /** `LegacyFreeBusyStatus` */
  readonly shownAs?: string;
  readonly categories?: readonly string[];
  /** Minutes before the start; null for none. */
  readonly reminder?: number | null;
}

export interface OwedParts {
  /** Civil dates of occurrences to take out. */
  readonly gone: readonly string[];
  /** By civil dates. */
  readonly kept: Readonly<Record<string, KeptOccurrence>>;
  /** Whether guests are to hear of what is put back. */
  readonly mail: boolean;
}

export const NOTHING_OWED: OwedParts = { gone: [], kept: {}, mail: false };

export function owesNothing({ gone, kept }: OwedParts): boolean {
  return gone.length === 0 && Object.keys(kept).length === 0;
}

/** The same without the longest formatted description; null where none is formatted. */
export function withLessFormat(owed: OwedParts): OwedParts | null {
  const lengthOf = ({ formatted = '' }: KeptOccurrence): number => formatted.length;
  const [longest] = Object.entries(owed.kept).sort(([, one], [, other]) => lengthOf(other) - lengthOf(one));
  if (longest === undefined || longest[1].formatted === undefined) return null;
  const { formatted: _tooMuch, ...rest } = longest[1];
  return { ...owed, kept: { ...owed.kept, [longest[0]]: rest } };
}

export function readOwed(value: unknown): OwedParts {
  if (!isRecord(value)) return NOTHING_OWED;
  const kept = isRecord(value['kept']) ? Object.entries(value['kept']) : [];
  return {
    gone: listOf(value['gone']).filter(isDate),
    kept: Object.fromEntries(kept.flatMap(([date, one]) => (isDate(date) ? [[date, readKept(one)] as const] : []))),
    mail: value['mail'] === true,
  };
}

function readKept(value: unknown): KeptOccurrence {
  if (!isRecord(value)) return {};
  const { attendees, categories, reminder } = value;
  const [start, end] = [readTime(value['start']), readTime(value['end'])];
  const visibility = VISIBILITIES.find((one) => one === value['visibility']);
  const isReminder = reminder === null || (typeof reminder === 'number' && Number.isInteger(reminder));
  return {
    ...textsIn(value),
    ...(visibility === undefined ? {} : { visibility }),
    ...(start !== null && end !== null ? { start, end } : {}),
    ...(Array.isArray(attendees) ? { attendees: attendees.flatMap(readAttendee) } : {}),
    ...(Array.isArray(categories) ? { categories: categories.filter(isText) } : {}),
    ...(isReminder ? { reminder } : {}),
  };
}

const VISIBILITIES: readonly Visibility[] = ['default', 'public', 'private', 'confidential'];
const ROLES: readonly Attendee['role'][] = ['required', 'optional', 'resource'];

function textsIn(value: Readonly<Record<string, unknown>>): KeptOccurrence {
  const names = ['title', 'description', 'formatted', 'location', 'shownAs'] as const;
  return Object.fromEntries(names.flatMap((name) => (isText(value[name]) ? [[name, value[name]] as const] : [])));
}

function readTime(value: unknown): MeetingTime | null {
  if (!isRecord(value)) return null;
  const { date, dateTime, timeZone } = value;
  if (isDate(date)) return { date };
  const isTimed = isText(dateTime) && isCivilDateTime(dateTime) && isText(timeZone) && isZone(timeZone);
  return isTimed ? { dateTime, timeZone } : null;
}

function readAttendee(value: unknown): readonly Attendee[] {
  if (!isRecord(value)) return [];
  const role = ROLES.find((one) => one === value['role']) ?? 'required';
  return [{ name: asText(value['name'], 320), email: asText(value['email'], 320), role, response: 'needsAction' }];
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isDate = (value: unknown): value is string => isText(value) && isCivilDate(value);
