import { differingFields, draftOf, mergeMeeting, type LostField, type SettleHow } from '@daybook/sync-engine';
import type { DraftField, MeetingContent, MeetingDraft } from '@daybook/provider-port';
import type { MeetingRecord, PendingWrite, WritingPart } from '../ports/records';
import type { ItemChange } from './plan-changes';
import type { MeetingCandidate } from './remote-to-meeting';

/** A person looks back at the last few things that gave way, not at all of them. */
const MOST_OVERRIDDEN = 20;
const LONGEST_VALUE = 2_000;

/** How the item came, and what was asked for last. */
export interface Settling {
  readonly how: SettleHow;
  readonly sent: PendingWrite['sent'];
}

export interface Adopting extends Settling {
  readonly at: Date;
}

/** What a record keeps that no provider knows of. */
export function withOwnPart(before: MeetingRecord, candidate: MeetingCandidate): MeetingCandidate {
  if (!before.writing) return candidate;
  return { ...candidate, origin: before.origin, writing: before.writing };
}

/**
 * A provider's item meets an intention that waits: field by field, what the provider changed stays the provider's, and what only we
 * changed stays intended, now based on this version. When nothing is left of the intention, it is through.
 */
export function adoptRemote(
  before: MeetingRecord & { readonly writing: WritingPart },
  pending: PendingWrite,
  candidate: MeetingCandidate,
  { how, sent: asked, at }: Adopting,
): ItemChange {
  const { content } = candidate;
  if (content === null || before.content === null) return decided(before, withPending(before, candidate, null), true);
  const theirs = draftOf(content, candidate.lines);
  const news = pending.agreed === null || differingFields(pending.agreed, theirs).length > 0;
  if (pending.operation === 'remove') {
    const still = { ...pending, agreed: theirs, sent: how === 'answered' ? null : pending.sent };
    return decided(before, withPending(before, candidate, still), news);
  }
  const sent = asked === 'removal' ? null : asked;
  const intended = draftOf(before.content, before.lines);
  const { merged, fields, lost } = mergeMeeting({ agreed: pending.agreed, sent, intended, theirs, how });
  const rest: PendingWrite | null =
    fields.length === 0 ? null : { ...pending, operation: 'update', agreed: theirs, sent: null };
  const after = withFields(before, withPending(before, candidate, rest), { content, merged, fields });
  return decided(before, withLost(after, lost, at), news);
}

function decided(before: MeetingRecord, after: MeetingCandidate, news: boolean): ItemChange {
  if (!news) return { type: 'intended', before, after, event: null };
  const gone = after.kind === 'cancelled';
  const isNew = before.sequence === 0 && before.seriesId === null;
  return { type: 'updated', before, after, event: gone ? 'cancelled' : isNew ? 'created' : 'updated' };
}

function withPending(
  before: MeetingRecord & { readonly writing: WritingPart },
  candidate: MeetingCandidate,
  pending: PendingWrite | null,
): MeetingCandidate {
  return { ...candidate, origin: before.origin, writing: { ...before.writing, pending } };
}

interface Merged {
  readonly content: MeetingContent;
  readonly merged: MeetingDraft;
  readonly fields: readonly DraftField[];
}

/** What is still meant is shown as it is meant to be, at the times it is meant for. */
function withFields(
  before: MeetingRecord,
  after: MeetingCandidate,
  { content, merged, fields }: Merged,
): MeetingCandidate {
  const { lines, ...rest } = merged;
  const linkMeant = fields.includes('description') || fields.includes('location');
  const shown = { ...after, content: { ...content, ...rest }, join: linkMeant ? before.join : after.join };
  if (!fields.includes('time')) return shown;
  const { kind, startsAt, endsAt, lastEndsAt } = before;
  return { ...shown, kind, lines: [...lines], startsAt, endsAt, lastEndsAt };
}

function withLost(after: MeetingCandidate, lost: readonly LostField[], at: Date): MeetingCandidate {
  if (lost.length === 0 || !after.writing) return after;
  const fresh = lost.map(({ field, ours }) => ({ field, value: wordsOf(field, ours).slice(0, LONGEST_VALUE), at }));
  const overridden = [...after.writing.overridden, ...fresh].slice(-MOST_OVERRIDDEN);
  return { ...after, writing: { ...after.writing, overridden } };
}

function wordsOf(field: DraftField, draft: MeetingDraft): string {
  switch (field) {
    case 'time':
      return [draft.start, draft.end]
        .map((time) => ('date' in time ? time.date : `${time.dateTime} ${time.timeZone}`))
        .concat(draft.lines)
        .join(', ');
    case 'attendees':
      return draft.attendees.map(({ email }) => email).join(', ');
    default:
      return draft[field];
  }
}
