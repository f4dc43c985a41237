/**
 * Turns what lists of events show into whole items. A list shows series in pieces (master, changed occurrences, and a stub for
 * each plain one) and no note of ours, so what it names is read by itself: each series once in a run, 20 reads in a request.
 */
import { asText, type ForeignRecord, isRecord, listOf, ProviderError } from '@daybook/provider-port';
import type { PartAnswer, ReadingOrder } from '../transport/graph-client';
import { isOurKey } from './create-key';
import { eventPath } from './event-address';
import { ITEM_QUERY, NOTE_QUERY, SERIES_QUERY } from './event-fields';
import { readNote } from './event-note';
import type { EventDoor } from './read-item';
import { placeOf } from './event-place';
import {
  type Change,
  idOf,
  isEvent,
  loneOccurrence,
  occurrenceIdOf,
  singleToMeeting,
  unreadable,
} from './event-to-meeting';
import { exceptionToMeeting, readSeries, seriesToMeetings } from './series-to-meetings';

export interface WholeItems {
  readonly changes: readonly Change[];
  /** Series of which all items there are stand among the changes. */
  readonly wholeSeries: readonly string[];
}

export class EventReader {
  /** Series read in this run, with the versions that were found of them and of their changed occurrences. */
  private readonly read = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly door: EventDoor,
    /** Whether somebody waits for it, or a long listing goes on beside it. */
    private readonly order: ReadingOrder,
  ) {}

  /** Whether items of a list without notes name something that has to be read by itself. */
  asksFor(items: readonly unknown[]): boolean {
    return items.some((item) => {
      if (!isEvent(item)) return false;
      return placeOf(item) === 'single' ? mayBeOurs(item) : !this.isKnown(item);
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
   * it is now. The page's other items are read before: of a series among them that is all there is to say.
   */
  async ofRemovals(items: readonly unknown[]): Promise<WholeItems> {
    const shown = new Set(
      items
        .filter((item) => !isRemoval(item))
        .filter(isEvent)
        .map(seriesOf),
    );
    const ids = items.filter(isRemoval).map((item) => (isRecord(item) ? idOf(item) : ''));
    const asked = ids.filter((id) => id !== '' && !shown.has(id));
    const found = await this.eventsOf(asked, ITEM_QUERY);
    const removed: Change[] = [];
    const there: ForeignRecord[] = [];
    for (const remoteId of asked) {
      const event = found.get(remoteId);
      if (event === undefined) removed.push({ type: 'removed', remoteId });
      else if (event instanceof ProviderError) removed.push(unreadable(remoteId, event.kind));
      else there.push(event);
      this.read.delete(remoteId);
    }
    const still = await this.ofView(there);
    return { changes: [...removed, ...still.changes], wholeSeries: still.wholeSeries };
  }

  private async whole(items: readonly unknown[], noted: (event: ForeignRecord) => Noted): Promise<WholeItems> {
    const { changes, named } = sorted(items, noted);
    const { changes: ofSeries, wholeSeries } = await this.seriesNamed(named);
    return { changes: [...changes, ...ofSeries], wholeSeries };
  }

  private async seriesNamed(named: Named): Promise<WholeItems> {
    const changes: Change[] = [];
    const wholeSeries: string[] = [];
    const wanted = [...named].filter(([, shown]) => !shown.every((event) => this.isKnown(event))).map(([id]) => id);
    const found = await this.eventsOf(wanted, SERIES_QUERY);
    for (const id of wanted) {
      const master = found.get(id);
      const exceptions = (named.get(id) ?? []).filter((event) => placeOf(event) === 'exception');
      this.read.set(id, versionsIn([...(isRecord(master) ? [master, ...exceptionsIn(master)] : []), ...exceptions]));
      if (master === undefined) changes.push(...exceptions.map(loneOccurrence));
      else if (master instanceof ProviderError) changes.push(...unreadableSeries(id, exceptions, master));
      else {
        const told = withListed(seriesToMeetings(master), master, exceptions);
        changes.push(...told);
        if (told.every(({ type }) => type === 'upserted')) wholeSeries.push(id);
      }
    }
    return { changes, wholeSeries };
  }

  /** Whether the series was read in this run and this shows nothing newer of it; a plain occurrence carries no version. */
  private isKnown(event: ForeignRecord): boolean {
    const versions = this.read.get(seriesOf(event));
    return versions !== undefined && (placeOf(event) === 'occurrence' || versions.has(versionMark(event)));
  }

  private async notesOf(events: readonly ForeignRecord[]): Promise<ReadonlyMap<string, Noted>> {
    return this.eventsOf(events.map(idOf), NOTE_QUERY);
  }

  /**
   * Events by id, without those that are gone. One that Graph does not give is asked for alone once more, and then its refusal
   * stands in its place: what is wrong with one event says nothing about the others. @throws ProviderError where several were
   * asked for and none is given
   */
  private async eventsOf(ids: readonly string[], query: string): Promise<ReadonlyMap<string, Noted>> {
    const answers = await this.readAll(ids, query, this.order);
    const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
    const isOutage =
      answers.length > 1 && refusals.length === answers.length && refusals.every(({ kind }) => kind === 'Unavailable');
    if (isOutage && refusals[0]) throw refusals[0];
    const events = new Map<string, Noted>();
    for (const [index, id] of ids.entries()) {
      const found = foundIn(answers[index]);
      const certain =
        found instanceof ProviderError && found.kind === 'Unavailable' ? await this.alone(id, query) : found;
      if (certain !== null) events.set(id, certain);
    }
    return events;
  }

  private readAll(ids: readonly string[], query: string, order: ReadingOrder): Promise<readonly PartAnswer[]> {
    const { client, access, calendarRemoteId } = this.door;
    const paths = ids.map((id) => eventPath(calendarRemoteId, id) + query);
    return client.readAll(access, paths, order);
  }

  private async alone(id: string, query: string): Promise<Noted | null> {
    return foundIn((await this.readAll([id], query, 'together'))[0]);
  }
}

/** An event with what a list does not show of it, or why Graph will not give it. */
type Noted = ForeignRecord | ProviderError;

/** What was found, null where there is nothing, or why it is not given. */
function foundIn(answer: PartAnswer | undefined): Noted | null {
  if (answer === undefined) return new ProviderError('Unavailable', { detail: 'a batch with a part missing' });
  if (answer.ok) return isRecord(answer.body) ? answer.body : null;
  return answer.error.kind === 'Gone' ? null : answer.error;
}

/** Series by id, with what a list shows of each. */
type Named = Map<string, ForeignRecord[]>;

/** What a list shows whole, and the series it only names. */
function sorted(
  items: readonly unknown[],
  noted: (event: ForeignRecord) => Noted,
): { changes: Change[]; named: Named } {
  const changes: Change[] = [];
  const named: Named = new Map();
  for (const item of items) {
    if (!isEvent(item)) changes.push(unreadable('', 'not an event'));
    else if (placeOf(item) === 'odd') changes.push(unreadable(idOf(item), 'type'));
    else if (placeOf(item) === 'single') changes.push(singleNoted(item, noted(item)));
    else noteSeries(named, item);
  }
  return { changes, named };
}

function singleNoted(event: ForeignRecord, noted: Noted): Change {
  return noted instanceof ProviderError ? unreadable(idOf(event), noted.kind) : singleToMeeting(event, readNote(noted));
}

/** Nothing of a series can be told without its master, nor that anything of it is gone. */
function unreadableSeries(id: string, exceptions: readonly ForeignRecord[], { kind }: ProviderError): Change[] {
  return [unreadable(id, kind), ...exceptions.map((event) => unreadable(occurrenceIdOf(event), kind))];
}

const versionMark = (event: ForeignRecord): string => `${idOf(event)} ${asText(event['changeKey'], 256)}`;

const versionsIn = (events: readonly ForeignRecord[]): ReadonlySet<string> => new Set(events.map(versionMark));

const exceptionsIn = (master: ForeignRecord) => listOf(master['exceptionOccurrences']).filter(isRecord);

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
  const named = new Set(exceptionsIn(master).map(idOf));
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
