/**
 * Turns what lists of events show into whole items. A list shows series in pieces (master, changed occurrences, and a stub for
 * each plain one) and no note of ours, so what it names is read by itself: each series once in a run, 20 reads in a request.
 */
import {
  asText,
  type ForeignRecord,
  isRecord,
  listOf,
  type ProviderAccess,
  ProviderError,
} from '@daybook/provider-port';
import type { GraphClient, PartAnswer } from '../transport/graph-client';
import { isOurKey } from './create-key';
import { eventPath } from './event-address';
import { ITEM_QUERY, NOTE_QUERY, SERIES_QUERY } from './event-fields';
import { readNote } from './event-note';
import { placeOf } from './event-place';
import { type Change, idOf, isEvent, loneOccurrence, singleToMeeting, unreadable } from './event-to-meeting';
import { exceptionToMeeting, readSeries, seriesToMeetings } from './series-to-meetings';

export interface WholeItems {
  readonly changes: readonly Change[];
  /** Series of which all items there are stand among the changes. */
  readonly wholeSeries: readonly string[];
}

export class EventReader {
  /** Series read in this run. */
  private readonly read = new Set<string>();

  constructor(
    private readonly client: GraphClient,
    private readonly access: ProviderAccess,
    private readonly calendarRemoteId: string,
  ) {}

  /** Whether items of a list without notes name something that has to be read by itself. */
  asksFor(items: readonly unknown[]): boolean {
    return items.some((item) => {
      if (!isEvent(item)) return false;
      return placeOf(item) === 'single' ? mayBeOurs(item) : !this.read.has(seriesOf(item));
    });
  }

  /** Items of a list without notes: what may be ours is asked for its note. */
  async ofDelta(items: readonly unknown[]): Promise<WholeItems> {
    const events = items.filter((item) => !isRemoval(item));
    const singles = events.filter(isEvent).filter((event) => placeOf(event) === 'single');
    const notes = await this.notesOf(singles.filter(mayBeOurs));
    return this.whole(events, (event) => notes.get(idOf(event)) ?? event);
  }

  /** Items of a list that was asked for notes. */
  ofView(items: readonly unknown[]): Promise<WholeItems> {
    return this.whole(items, (event) => event);
  }

  /** The same in two parts: what is whole as it stands, and its series, already asked for; null where there are none. */
  partsOfView(items: readonly unknown[]): { singles: readonly Change[]; series: Promise<WholeItems> | null } {
    const { changes, named } = sorted(items, (event) => event);
    if (named.size === 0) return { singles: changes, series: null };
    const series = this.seriesNamed(named);
    // Met when it is its turn.
    series.catch(() => undefined);
    return { singles: changes, series };
  }

  /**
   * What became of items that a delta calls removed: gone from its stretch of time is not gone. What is still there is given as
   * it is now.
   */
  async ofRemovals(items: readonly unknown[]): Promise<WholeItems> {
    const ids = items.filter(isRemoval).map((item) => (isRecord(item) ? idOf(item) : ''));
    const known = ids.filter((id) => id !== '' && !this.read.has(id));
    const answers = await this.readEach(known, ITEM_QUERY);
    const removed: Change[] = [];
    const there: ForeignRecord[] = [];
    for (const [index, remoteId] of known.entries()) {
      const found = foundIn(answers[index]);
      if (found === null) removed.push({ type: 'removed', remoteId });
      else there.push(found);
    }
    const still = await this.ofView(there);
    return { changes: [...removed, ...still.changes], wholeSeries: still.wholeSeries };
  }

  private async whole(items: readonly unknown[], noted: (event: ForeignRecord) => ForeignRecord): Promise<WholeItems> {
    const { changes, named } = sorted(items, noted);
    const { changes: ofSeries, wholeSeries } = await this.seriesNamed(named);
    return { changes: [...changes, ...ofSeries], wholeSeries };
  }

  private async seriesNamed(named: Named): Promise<WholeItems> {
    const changes: Change[] = [];
    const masters = [...named.keys()].filter((id) => !this.read.has(id));
    const answers = await this.readEach(masters, SERIES_QUERY);
    const wholeSeries: string[] = [];
    for (const [index, id] of masters.entries()) {
      this.read.add(id);
      const master = foundIn(answers[index]);
      const exceptions = (named.get(id) ?? []).filter((event) => placeOf(event) === 'exception');
      if (master === null) changes.push(...exceptions.map(loneOccurrence));
      else {
        const told = withListed(seriesToMeetings(master), master, exceptions);
        changes.push(...told);
        if (told.every(({ type }) => type === 'upserted')) wholeSeries.push(id);
      }
    }
    return { changes, wholeSeries };
  }

  private async notesOf(events: readonly ForeignRecord[]): Promise<ReadonlyMap<string, ForeignRecord>> {
    const answers = await this.readEach(events.map(idOf), NOTE_QUERY);
    return new Map(
      events.flatMap((event, index) => {
        const found = foundIn(answers[index]);
        return found === null ? [] : [[idOf(event), found] as const];
      }),
    );
  }

  private readEach(ids: readonly string[], query: string): Promise<readonly PartAnswer[]> {
    return this.client.readAll(
      this.access,
      ids.map((id) => eventPath(this.calendarRemoteId, id) + query),
    );
  }
}

/** Series by id, with what a list shows of each. */
type Named = Map<string, ForeignRecord[]>;

/** What a list shows whole, and the series it only names. */
function sorted(
  items: readonly unknown[],
  noted: (event: ForeignRecord) => ForeignRecord,
): { changes: Change[]; named: Named } {
  const changes: Change[] = [];
  const named: Named = new Map();
  for (const item of items) {
    if (!isEvent(item)) changes.push(unreadable('', 'not an event'));
    else if (placeOf(item) === 'odd') changes.push(unreadable(idOf(item), 'type'));
    else if (placeOf(item) === 'single') changes.push(singleToMeeting(item, readNote(noted(item))));
    else noteSeries(named, item);
  }
  return { changes, named };
}

/** What was found, or null where there is nothing. @throws ProviderError where that is not known */
function foundIn(answer: PartAnswer | undefined): ForeignRecord | null {
  if (answer === undefined) throw new ProviderError('Unavailable', { detail: 'a batch with a part missing' });
  if (answer.ok) return isRecord(answer.body) ? answer.body : null;
  if (answer.error.kind === 'Gone') return null;
  throw answer.error;
}

const seriesOf = (event: ForeignRecord): string =>
  placeOf(event) === 'master' ? idOf(event) : asText(event['seriesMasterId'], 1024);

function noteSeries(named: Named, event: ForeignRecord): void {
  const id = seriesOf(event);
  const known = named.get(id) ?? [];
  known.push(event);
  named.set(id, known);
}

/** Changed occurrences that the list shows and the series does not name are not lost. */
function withListed(
  told: readonly Change[],
  master: ForeignRecord,
  listed: readonly ForeignRecord[],
): readonly Change[] {
  const named = new Set(listOf(master['exceptionOccurrences']).filter(isRecord).map(idOf));
  const others = listed.filter((event) => !named.has(idOf(event)));
  if (others.length === 0 || told[0]?.type !== 'upserted') return told;
  const { frame, start } = readSeries(master);
  return [...told, ...others.map((event) => exceptionToMeeting(event, frame, start))];
}

function isRemoval(item: unknown): boolean {
  return isRecord(item) && item['@removed'] !== undefined;
}

/** Only what was made by us has a note; where Graph does not tell, it is asked. */
function mayBeOurs({ transactionId }: ForeignRecord): boolean {
  return transactionId === undefined || isOurKey(transactionId);
}
