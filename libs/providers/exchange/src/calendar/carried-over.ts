/**
 * What Exchange forgets when the times or the rule of a series change: every occurrence that was changed or taken out by itself.
 * Nobody who makes a series end earlier, or begin an hour later, means those. So they are carried over by their dates, as far as
 * the new rule still has the date: what was taken out stays out, and what was changed keeps whatever differed from its series, its
 * own times too. An occurrence that had the times of its series gets its new ones. Answers of guests are Exchange's own, and go.
 * Source: MS-OXOCAL 2.2.1.44 (a recurrence holds its exceptions).
 */
import { datesOfRule, isMoved } from '@daybook/domain';
import {
  asText,
  type ForeignRecord,
  isRecord,
  listOf,
  type MeetingContent,
  type MeetingDraft,
  ProviderError,
} from '@daybook/provider-port';
import { formattedBodies } from './formatted-bodies';
import { ItemBatches } from './get-items';
import { guestsAgain } from './guest-lists';
import type { ItemName } from './item-address';
import { bodyOf } from './item-body';
import type { ItemDoor } from './item-door';
import type { KeptOccurrence, OwedParts } from './owed-parts';
import { ATTACHMENTS, refuseLostAttachments } from './own-attachments';
import { readException, readSeries, type WholeSeries } from './series-to-meetings';

/** What a read of a series does not show: every changed occurrence keeps its own, about which nobody is mailed. */
const ITS_OWN = ['item:Categories', 'item:ReminderIsSet', 'item:ReminderMinutesBeforeStart', ATTACHMENTS];
const COMPARED = ['title', 'location', 'visibility'] as const;

/**
 * @param master a series as Exchange has it
 * @throws OddItem where it cannot be read, ProviderError Rejected where a changed occurrence cannot be told to Exchange again
 */
export async function carriedOver(
  door: ItemDoor,
  master: ForeignRecord,
  { draft, notify }: { readonly draft: MeetingDraft; readonly notify: boolean },
): Promise<OwedParts> {
  const whole = readSeries(master, door.url);
  const remains = datesOfRule(draft.lines, draft.start);
  const { owed } = whole.frame.note;
  const gone = new Set([...owed.gone, ...whole.gone]);
  const kept = new Map(Object.entries(owed.kept));
  const changed = await itemsOf(
    door,
    [...whole.changed].filter(([date]) => remains(date)),
  );
  for (const [date, item] of changed) {
    const differs = differing(item, master, whole);
    if (differs === null) gone.add(date);
    else kept.set(date, differs);
  }
  const left = [...kept].filter(([date]) => remains(date) && !gone.has(date));
  const attached = changed.flatMap(([date, item]) => (gone.has(date) ? [] : [item]));
  await refuseLostAttachments(door, master, attached);
  const withFormats = await formattedAs(door, left, whole);
  return { gone: [...gone].filter(remains), kept: Object.fromEntries(withFormats), mail: notify };
}

type Dated<T> = readonly (readonly [date: string, T])[];

/** The series says that they are there, so that not finding one is nobody's word that it should go. */
async function itemsOf(door: ItemDoor, changed: Dated<string>): Promise<Dated<ForeignRecord>> {
  const names = changed.map(([, id]): ItemName => ({ type: 'item', id }));
  const found = await new ItemBatches(door, ITS_OWN).get(names);
  return changed.map(([date], index) => {
    const item = found[index] ?? null;
    if (item === null) throw new ProviderError('Unreadable', { detail: 'a changed occurrence that is not found' });
    if (item instanceof ProviderError) throw item;
    return [date, item] as const;
  });
}

/** Descriptions are read as text; those that are formatted keep that. */
async function formattedAs(
  door: ItemDoor,
  kept: Dated<KeptOccurrence>,
  { changed }: WholeSeries,
): Promise<Dated<KeptOccurrence>> {
  const idOn = ([date, { description }]: Dated<KeptOccurrence>[number]): string =>
    description === undefined ? '' : (changed.get(date) ?? '');
  const bodies = await formattedBodies(door, kept.map(idOn).filter(Boolean));
  return kept.map((one) => {
    const [date, occurrence] = one;
    const formatted = bodies.get(idOn(one));
    return [date, formatted === undefined ? occurrence : { ...occurrence, formatted }] as const;
  });
}

/** Null of one that was called off. */
function differing(item: ForeignRecord, master: ForeignRecord, whole: WholeSeries): KeptOccurrence | null {
  const read = readException(item, whole);
  if (read.kind === 'cancelled') return null;
  const { content, originalStart } = read;
  const its = whole.series.content;
  const texts = COMPARED.filter((name) => content[name] !== its[name]).map((name) => [name, content[name]]);
  const { start, end } = content;
  return {
    ...Object.fromEntries(texts),
    ...(content.description === its.description ? {} : { description: toldAgain(content.description, item) }),
    ...(guestsOf(content) === guestsOf(its) ? {} : { attendees: guestsAgain(content.attendees, item, master) }),
    ...(isMoved(content, originalStart, its) ? { start, end } : {}),
    ...(item['LegacyFreeBusyStatus'] === master['LegacyFreeBusyStatus']
      ? {}
      : { shownAs: asText(item['LegacyFreeBusyStatus'], 40) }),
    ...ownAdornments(item),
  };
}

/** @throws ProviderError Rejected where the part is in it that people join an online meeting by */
function toldAgain(description: string, item: ForeignRecord): string {
  bodyOf(description, item);
  return description;
}

function ownAdornments(item: ForeignRecord): KeptOccurrence {
  const categories = listOf(item['Categories'])
    .filter(isRecord)
    .map(({ text }) => asText(text, 256));
  const minutes = Number(asText(item['ReminderMinutesBeforeStart'], 12));
  const reminder = item['ReminderIsSet'] === 'true' ? minutes : null;
  return {
    ...(categories.length === 0 ? {} : { categories }),
    ...(item['ReminderIsSet'] === undefined || !Number.isInteger(minutes) ? {} : { reminder }),
  };
}

/** Who is invited, whatever they answered. */
const guestsOf = ({ attendees }: MeetingContent): string =>
  JSON.stringify(attendees.map(({ name, email, role }) => [name, email, role]));
