import { type Attendee, instantOf, isAllDayTime, readSeries, sameAddress } from '@daybook/domain';
import {
  type DraftField,
  type MeetingContent,
  type MeetingDraft,
  ProviderError,
  type UpdateRequest,
} from '@daybook/provider-port';
import type { FakeMail } from './fake-mailbox';
import type { LiveMeeting } from './fake-occurrences';
import { content } from './meeting-builders';

/** @throws ProviderError Rejected for what no provider takes: an end before the start, a date beside a time, a bad rule */
export function checkDraft({ start, end, lines }: MeetingDraft): void {
  const mixed = isAllDayTime(start) !== isAllDayTime(end);
  if (mixed || instantOf(end) < instantOf(start)) throw new ProviderError('Rejected', { detail: 'fake times' });
  if (!readSeries({ start, end, lines, exceptions: [] }).ok) {
    throw new ProviderError('Rejected', { detail: 'fake rule' });
  }
}

/** The content of a new meeting in the mailbox of `owner`, who organizes it. */
export function contentOf(draft: MeetingDraft, owner: string): MeetingContent {
  const { title, description, location, start, end, visibility } = draft;
  return content(title, start, end, {
    description,
    location,
    visibility,
    organizer: { name: '', email: owner },
    attendees: listedFor(owner, draft.attendees, owner),
  });
}

/** The item with the named fields of a draft. With its time a meeting becomes a series or stops being one. */
export function withDraft(item: LiveMeeting, { draft, fields }: UpdateRequest, owner: string): LiveMeeting {
  const { title, description, location, start, end, lines, visibility } = draft;
  const parts: Readonly<Record<DraftField, Partial<MeetingContent>>> = {
    title: { title },
    description: { description },
    location: { location },
    time: { start, end },
    attendees: { attendees: listedFor(owner, draft.attendees, item.content.organizer?.email ?? '') },
    visibility: { visibility },
  };
  const its = fields.reduce((now, field) => ({ ...now, ...parts[field] }), item.content);
  if (item.kind === 'exception' || !fields.includes('time')) return { ...item, content: its };
  const { remoteId, version, iCalUid, marker } = item;
  const same = { remoteId, version, iCalUid, marker, content: its };
  return lines.length === 0 ? { kind: 'single', ...same } : { kind: 'series', ...same, lines };
}

/** As the mailbox' owner sees them: with themselves marked, and the organizer as such unless they hesitated. */
function listedFor(owner: string, attendees: readonly Attendee[], organizer: string): readonly Attendee[] {
  return attendees.map(({ name, email, response, role }) => {
    const comes = response === 'needsAction' || response === 'accepted' || response === 'organizer';
    const invites = comes && sameAddress(email, organizer);
    const its = { name, email, response: invites ? 'organizer' : response, role } as const;
    return sameAddress(email, owner) ? { ...its, self: true } : its;
  });
}

/** Who would be mailed: everybody but the owner and rooms; who is no longer there hears that it is cancelled. */
export function mailsOf(before: MeetingContent | null, after: MeetingContent | null, owner: string): FakeMail[] {
  const [were, are] = [guestsOf(before, owner), guestsOf(after, owner)];
  const mails = are.map((to): FakeMail => {
    const reason = were.includes(to) ? 'update' : 'invitation';
    return { to, reason, title: after?.title ?? '' };
  });
  const left = were.filter((to) => !are.includes(to));
  return [...mails, ...left.map((to): FakeMail => ({ to, reason: 'cancellation', title: before?.title ?? '' }))];
}

function guestsOf(its: MeetingContent | null, owner: string): readonly string[] {
  const guests = (its?.attendees ?? []).filter(({ role, email }) => role !== 'resource' && !sameAddress(email, owner));
  return guests.map(({ email }) => email);
}
