/**
 * What Google leaves behind when a series gets other times: an occurrence that was changed by itself is named by the moment at which
 * it would have begun, and stays under that name although the series has nothing there any more. Nobody who moves a series means
 * that. So such occurrences are carried over by their dates, as far as the new rule still has the date: whatever differed from the
 * series goes to the occurrence that is there now, its own times too, and the one left behind goes. Which ones is noted on the series
 * by the request that moves it (`owed-moves`). Limits: attachments and a conference of one occurrence alone are not carried over.
 * Source: developers.google.com/workspace/calendar/api/guides/recurringevents.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  dateOf,
  datesOfRule,
  isAllDayTime,
  isMoved,
  type MeetingTime,
  type OriginalStart,
  originalStartKey,
  toCivil,
  toInstant,
} from '@daybook/domain';
import type {
  DraftField,
  MeetingContent,
  MeetingDraft,
  RemoteException,
  RemoteMeeting,
  RemoteSeries,
} from '@daybook/provider-port';
import { besideId, type OwedMove } from './owed-moves';

export interface SeriesBefore {
  readonly series: RemoteSeries;
  readonly exceptions: readonly RemoteException[];
}

/** Null for what is no series, and for one whose times and rule stay. */
export function seriesBefore(
  items: readonly RemoteMeeting[],
  remoteId: string,
  { start, end, lines }: MeetingDraft,
): SeriesBefore | null {
  const series = items.find((item) => item.kind === 'series' && item.remoteId === remoteId);
  if (series?.kind !== 'series') return null;
  const { content } = series;
  const stays = isDeepStrictEqual([content.start, content.end, series.lines], [start, end, lines]);
  const isOfIt = (item: RemoteMeeting): item is RemoteException =>
    item.kind === 'exception' && item.seriesRemoteId === remoteId;
  return stays ? null : { series, exceptions: items.filter(isOfIt) };
}

/** What a write of this series would leave behind. */
export function leftBehind({ series, exceptions }: SeriesBefore, draft: MeetingDraft): readonly OwedMove[] {
  const remains = datesOfRule(draft.lines, draft.start);
  return exceptions.flatMap((exception): readonly OwedMove[] => {
    const { remoteId: from, originalStart } = exception;
    const date = dateIn(originalStart, series.content.start);
    if (!remains(date)) return [{ from, to: null, fields: [] }];
    const key = originalStartKey(originalOn(date, draft.start));
    if (key === originalStartKey(originalStart)) return [];
    return [{ from, to: besideId(from, key), fields: differing(exception, series.content) }];
  });
}

function differing({ content, originalStart }: RemoteException, its: MeetingContent): readonly DraftField[] {
  const texts = (['title', 'description', 'location', 'visibility'] as const).filter(
    (name) => content[name] !== its[name],
  );
  const moved: readonly DraftField[] = isMoved(content, originalStart, its) ? ['time'] : [];
  // Of a list that is shown in part, the rest would be dropped.
  const isSame = !content.attendeesComplete || isDeepStrictEqual(guestsOf(content), guestsOf(its));
  const guests: readonly DraftField[] = isSame ? [] : ['attendees'];
  return [...texts, ...moved, ...guests];
}

/** Who is invited, whatever they answered. */
const guestsOf = ({ attendees }: MeetingContent): unknown => attendees.map(({ email, role }) => [email, role]);

function dateIn(original: OriginalStart, start: MeetingTime): string {
  if ('date' in original) return original.date;
  return dateOf(toCivil(original.instant, isAllDayTime(start) ? 'UTC' : start.timeZone));
}

function originalOn(date: string, start: MeetingTime): OriginalStart {
  return isAllDayTime(start) ? { date } : { instant: toInstant(`${date}${start.dateTime.slice(10)}`, start.timeZone) };
}
