import {
  isAllDayTime,
  parseRecurrence,
  toInstant,
  type Attendee,
  type LineTime,
  type MeetingTime,
} from '@daybook/domain';
import type { DraftField, MeetingContent, MeetingDraft, RemoteMeeting } from '@daybook/provider-port';
import type { LostField, SettleHow } from './write-queue';

/*
 * The one merge of what a person means with what the provider has, field by field. It is the same for an answer, a look
 * after a missing answer, a version that differed and a delta run, so an echo, a lost answer and a conflict are no cases of
 * their own. Limits: it knows values only. Where an answer was lost, a provider's rewriting of what we sent looks like its
 * own change; where the provider's person put back exactly what was agreed before, it looks as if nothing had arrived yet.
 */

export interface MergeInput {
  /** What both sides last agreed; null of a create. */
  readonly agreed: MeetingDraft | null;
  /** What the last request asked for; null: nothing went out since, or it was a removal. */
  readonly sent: MeetingDraft | null;
  readonly intended: MeetingDraft;
  /** The provider's item as it is now. */
  readonly theirs: MeetingDraft;
  readonly how: SettleHow;
}

export interface MeetingMerge {
  /** What people see from now on. */
  readonly merged: MeetingDraft;
  /** What both sides agree on from now on: theirs. */
  readonly agreed: MeetingDraft;
  /** Still to be written; none: the intention is through. */
  readonly fields: readonly DraftField[];
  readonly lost: readonly LostField[];
}

export function mergeMeeting(input: MergeInput): MeetingMerge {
  const { intended, theirs } = input;
  const fields: DraftField[] = [];
  const lost: LostField[] = [];
  for (const field of differingFields(intended, theirs)) {
    const fate = input.how === 'answered' ? afterAnswer(input, field) : afterLook(input, field);
    if (fate === 'stays') fields.push(field);
    if (fate === 'lost') lost.push({ field, ours: intended });
  }
  return { merged: laidOver(theirs, intended, fields), agreed: theirs, fields, lost };
}

/** What becomes of our value of a field that differs from the provider's. */
type Fate = 'stays' | 'lost' | 'theirs';

/** All that was asked for is agreed, in the provider's wording; only a later edit is left. */
function afterAnswer({ agreed, sent, intended }: MergeInput, field: DraftField): Fate {
  return differs(field, intended, sent ?? agreed) ? 'stays' : 'theirs';
}

function afterLook({ agreed, sent, intended, theirs }: MergeInput, field: DraftField): Fate {
  if (!differs(field, theirs, agreed) || !differs(field, theirs, sent)) return 'stays';
  if (field === 'time' && sent !== null && isUnderWay(theirs, sent)) return 'stays';
  // Whether what we sent was ever in effect cannot be known here, so ours counts as changed by either measure: a change too
  // many in the ledger is a smaller fault than one that went without a word.
  const ours = differs(field, intended, agreed) || (sent !== null && differs(field, intended, sent));
  return ours ? 'lost' : 'theirs';
}

/**
 * Where a provider takes single dates out of a series one after another, a write that stopped leaves some of them in: that is
 * nobody's change, and the rest is still to be written.
 */
function isUnderWay(theirs: MeetingDraft, sent: MeetingDraft): boolean {
  const there = new Set(lineKeys(theirs));
  const asked = lineKeys(sent);
  const left = asked.filter((key) => !there.has(key));
  const [now, meant] = [withoutDates(theirs), withoutDates(sent)];
  const more = [...there].some((key) => !asked.includes(key));
  return left.length > 0 && !more && !differs('time', now, meant);
}

const withoutDates = (draft: MeetingDraft): MeetingDraft => ({
  ...draft,
  lines: draft.lines.filter((line) => !EXDATE.test(line)),
});

/** The fields in which two drafts mean different things: wording a provider may change on its way does not count. */
export function differingFields(one: MeetingDraft, other: MeetingDraft): DraftField[] {
  return ALL_FIELDS.filter((field) => differs(field, one, other));
}

/** What of an item can be written. */
export function draftOf(content: MeetingContent, lines: readonly string[]): MeetingDraft {
  const { title, description, location, start, end, attendees, visibility } = content;
  return { title, description, location, start, end, lines, attendees, visibility };
}

/** Null of a cancelled occurrence, which has nothing to write on. */
export function draftOfItem(item: RemoteMeeting): MeetingDraft | null {
  if (item.kind === 'cancelled') return null;
  return draftOf(item.content, item.kind === 'series' ? item.lines : []);
}

const DAY_MS = 86_400_000;
const ALL_FIELDS: readonly DraftField[] = ['title', 'description', 'location', 'time', 'attendees', 'visibility'];

/** What is unknown differs from everything. */
function differs(field: DraftField, one: MeetingDraft, other: MeetingDraft | null): boolean {
  return other === null || MEANING[field](one) !== MEANING[field](other);
}

/** Equal texts mean equal fields. */
const MEANING: Readonly<Record<DraftField, (draft: MeetingDraft) => string>> = {
  title: ({ title }) => plain(title),
  description: ({ description }) => plain(description),
  location: ({ location }) => plain(location),
  time: (draft) => JSON.stringify([timeKey(draft.start), timeKey(draft.end), asSet(lineKeys(draft))]),
  attendees: ({ attendees }) => JSON.stringify(asSet(attendees.map((each) => `${addressKey(each)} ${each.role}`))),
  visibility: ({ visibility }) => visibility,
};

const plain = (text: string): string => text.replace(/\r\n/g, '\n').trim();
const lineKey = (line: string): string => line.trim().toUpperCase();
const EXDATE = /^\s*EXDATE[:;]/i;
/** Of dates that are taken out one key each: in which zone and how many to a line they are written means nothing. */
const lineKeys = ({ lines, start }: MeetingDraft): string[] =>
  lines.flatMap((line) => (EXDATE.test(line) ? datesOut(line, start) : [lineKey(line)]));
const addressKey = ({ email }: Attendee): string => email.trim().toLowerCase();
const timeKey = (time: MeetingTime): string => (isAllDayTime(time) ? time.date : `${time.dateTime} ${time.timeZone}`);
const asSet = (texts: readonly string[]): string[] => [...new Set(texts)].filter((text) => text !== '').sort();

function datesOut(line: string, start: MeetingTime): string[] {
  const reading = parseRecurrence([line], { allDay: isAllDayTime(start) });
  return reading.ok ? reading.recurrence.excluded.map((time) => `EXDATE ${dateOutKey(time, start)}`) : [lineKey(line)];
}

/** A day of an all-day series or as a bare date, else an instant. */
function dateOutKey(time: LineTime, start: MeetingTime): string {
  if (time.kind === 'date') return `day ${time.day}`;
  const instant = time.kind === 'instant' ? time.instant : time.seconds * 1000;
  if (isAllDayTime(start)) return `day ${Math.floor(instant / DAY_MS)}`;
  if (time.kind === 'instant') return String(instant);
  return String(toInstant(new Date(instant).toISOString().slice(0, 19), time.zone ?? start.timeZone));
}

const PART: Readonly<Record<DraftField, (ours: MeetingDraft, theirs: MeetingDraft) => Partial<MeetingDraft>>> = {
  title: ({ title }) => ({ title }),
  description: ({ description }) => ({ description }),
  location: ({ location }) => ({ location }),
  time: ({ start, end, lines }) => ({ start, end, lines }),
  attendees: ({ attendees }, theirs) => ({ attendees: attendees.map((each) => asAnswered(each, theirs.attendees)) }),
  visibility: ({ visibility }) => ({ visibility }),
};

/** Their draft with the named fields of ours. */
export function laidOver(theirs: MeetingDraft, ours: MeetingDraft, fields: readonly DraftField[]): MeetingDraft {
  return fields.reduce<MeetingDraft>((draft, field) => ({ ...draft, ...PART[field](ours, theirs) }), theirs);
}

/** What an attendee answered is known to the provider alone. */
function asAnswered(attendee: Attendee, theirs: readonly Attendee[]): Attendee {
  const there = theirs.find((other) => addressKey(other) === addressKey(attendee));
  return there ? { ...attendee, response: there.response } : attendee;
}
