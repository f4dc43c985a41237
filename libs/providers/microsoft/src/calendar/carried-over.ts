/**
 * What Exchange forgets when the times or the rule of a series change: every occurrence that was changed or taken out by itself.
 * Nobody who makes a series end earlier, or begin an hour later, means those. So they are carried over by their dates, as far as
 * the new rule still has the date: what was taken out stays out, and what was changed keeps whatever differed from its series, its
 * own times too. An occurrence that had the times of its series gets its new ones. Answers of guests are Exchange's own, and go.
 * Sources: learn.microsoft.com/graph/api/event-update; MS-OXOCAL 2.2.1.44 (a recurrence holds its exceptions).
 */
import { datesOfRule, isMoved, type ZoneId } from '@daybook/domain';
import { asText, type ForeignRecord, isRecord, listOf, type MeetingDraft } from '@daybook/provider-port';
import { spanMembers } from './draft-to-event';
import { bodyOf } from './event-body';
import type { OwedParts } from './event-note';
import { originalDate } from './event-to-meeting';
import { readException, readSeries, type WholeSeries } from './series-to-meetings';

const LONGEST_BODY = 262_144;
/** Members that are compared with those of the series. */
const COMPARED = ['subject', 'location', 'sensitivity', 'showAs'] as const;
/** What a read of a series does not show of it: every changed occurrence keeps its own, about which nobody is mailed. */
const ITS_OWN = ['categories', 'isReminderOn', 'reminderMinutesBeforeStart'] as const;

/**
 * @param master a series as Graph has it, read whole
 * @throws OddEvent where it cannot be read, ProviderError Rejected where a changed occurrence cannot be told to Graph again
 */
export function carriedOver(master: ForeignRecord, draft: MeetingDraft, zone: ZoneId | null): OwedParts {
  const whole = readSeries(master);
  const remains = datesOfRule(draft.lines, draft.start);
  const { owed } = whole.frame.note;
  const gone = new Set([...owed.gone, ...whole.gone]);
  const changed = new Map(Object.entries(owed.changed));
  for (const event of whole.exceptions) {
    const date = originalDate(event, whole.frame);
    if (!remains(date)) continue;
    const members = differingMembers(event, { master, whole, zone });
    if (members === null) gone.add(date);
    else changed.set(date, members);
  }
  const kept = [...changed].filter(([date]) => remains(date) && !gone.has(date));
  return { gone: [...gone].filter(remains), changed: Object.fromEntries(kept) };
}

interface Around {
  readonly master: ForeignRecord;
  readonly whole: WholeSeries;
  /** The calendar's. */
  readonly zone: ZoneId | null;
}

/** Null of one that was called off. */
function differingMembers(event: ForeignRecord, { master, whole, zone }: Around): ForeignRecord | null {
  const item = readException(event, whole.frame, whole.start);
  if (item.kind === 'cancelled') return null;
  const { content, originalStart } = item;
  const compared = COMPARED.filter((name) => !isSame(event[name], master[name])).map((name) => [name, event[name]]);
  const own = ITS_OWN.filter((name) => event[name] !== undefined).map((name) => [name, event[name]]);
  const moved = isMoved(content, originalStart, whole.series.content);
  const guests = guestsOf(event);
  return {
    ...Object.fromEntries([...compared, ...own]),
    ...(event['importance'] === 'normal' ? {} : { importance: event['importance'] }),
    ...(textOf(event) === textOf(master) ? {} : { body: bodyOf(textOf(event), event) }),
    ...(isSame(guests, guestsOf(master)) ? {} : { attendees: guests }),
    ...(moved ? spanMembers(content, { zone, now: event }) : {}),
  };
}

const textOf = ({ body }: ForeignRecord): string =>
  isRecord(body) ? asText(body['content'], LONGEST_BODY).replace(/\r\n/g, '\n').trim() : '';

/** Who is invited, whatever they answered. */
function guestsOf({ attendees }: ForeignRecord): object[] {
  return listOf(attendees)
    .filter(isRecord)
    .map(({ type, emailAddress }) => ({ type, emailAddress }));
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
