import { instantOf, type MeetingTime, type OriginalStart } from '@daybook/domain';
import type { DraftField, MeetingDraft } from '@daybook/provider-port';
import { at } from '@daybook/testing/fakes';

export type EditedField = 'title' | 'location' | 'time';
export const EDITED_FIELDS: readonly EditedField[] = ['title', 'location', 'time'];
export const EMPTY_DRAFT = { description: '', location: '', attendees: [], visibility: 'default' } as const;

const DAY = 86_400_000;

type Entered = Pick<MeetingDraft, 'title' | 'location' | 'start'>;

export function valuesOf(its: Entered): string[] {
  return [its.title, its.location, valueOf('time', its)].filter((value) => value !== '');
}

/** What a person entered, as a text that nobody enters twice. */
export function valueOf(field: DraftField, its: Partial<Entered>): string {
  if (field === 'title') return its.title ?? '';
  if (field === 'location') return its.location ?? '';
  return its.start && 'dateTime' in its.start ? its.start.dateTime.slice(0, 16) : '';
}

/** The series here begin on one day and come by daily. */
export function slot(start: MeetingTime, index: number): OriginalStart & { readonly instant: number } {
  return { instant: instantOf(start) + index * DAY };
}

/** Where an occurrence stands that nobody has moved. */
export function timesAt({ instant }: { readonly instant: number }): {
  readonly start: MeetingTime;
  readonly end: MeetingTime;
} {
  const text = new Date(instant + 3_600_000).toISOString();
  return { start: at(text.slice(0, 16)), end: at(`${text.slice(0, 10)}T20:00`) };
}
