/**
 * What Exchange forgets when the times or the rule of a series change: every occurrence that was changed or taken out by itself.
 * Nobody who makes a series end earlier, or begin an hour later, means those. So they are carried over by their dates, as far as
 * the new rule still has the date: what was taken out stays out, and what was changed keeps whatever differed from its series, its
 * own times too. An occurrence that had the times of its series gets its new ones. Answers of guests are Exchange's own, and go.
 * Source: MS-OXOCAL 2.2.1.44 (a recurrence holds its exceptions).
 */
import { instantOf, isAllDayTime, type OriginalStart, datesOfRule } from '@daybook/domain';
import {
  asText,
  type ForeignRecord,
  isRecord,
  listOf,
  type MeetingContent,
  type MeetingDraft,
  ProviderError,
} from '@daybook/provider-port';
import { ItemBatches } from './get-items';
import type { ItemName } from './item-address';
import { bodyOf } from './item-body';
import type { ItemDoor } from './item-door';
import type { KeptOccurrence, OwedParts } from './owed-parts';
import { readException, readSeries, type WholeSeries } from './series-to-meetings';

/** What a read of a series does not show: every changed occurrence keeps its own, about which nobody is mailed. */
const ITS_OWN = ['item:Categories', 'item:ReminderIsSet', 'item:ReminderMinutesBeforeStart'];
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
  const changed = [...whole.changed].filter(([date]) => remains(date));
  const names = changed.map(([, id]): ItemName => ({ type: 'item', id }));
  const found = await new ItemBatches(door, ITS_OWN).get(names);
  for (const [index, [date]] of changed.entries()) {
    const item = found[index] ?? null;
    if (item instanceof ProviderError) throw item;
    const differs = item === null ? null : differing(item, master, whole);
    if (differs === null) gone.add(date);
    else kept.set(date, differs);
  }
  const left = [...kept].filter(([date]) => remains(date) && !gone.has(date));
  return { gone: [...gone].filter(remains), kept: Object.fromEntries(left), mail: notify };
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
    ...(guestsOf(content) === guestsOf(its) ? {} : { attendees: content.attendees }),
    ...(isMoved(content, originalStart, whole) ? { start, end } : {}),
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

/** Whether it has other times than its series puts there. */
function isMoved({ start, end }: MeetingContent, original: OriginalStart, { series }: WholeSeries): boolean {
  const its = series.content;
  const stood = 'date' in original ? instantOf(original) : original.instant;
  const length = instantOf(its.end) - instantOf(its.start);
  if (isAllDayTime(start) !== isAllDayTime(its.start)) return true;
  return instantOf(start) !== stood || instantOf(end) - instantOf(start) !== length;
}

/** Who is invited, whatever they answered. */
const guestsOf = ({ attendees }: MeetingContent): string =>
  JSON.stringify(attendees.map(({ name, email, role }) => [name, email, role]));
