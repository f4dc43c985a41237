import { hostIsMe, isOwnAddress, isPrivate } from '@daybook/domain';
import type { Meeting, ReasonCode } from '@daybook/contracts';
import type { ListedMeeting } from '../ports/meeting-reader';
import type { CalendarRecord, OccurrenceRecord } from '../ports/records';
import { originalTime, visibilityOf } from './meeting-event';
import type { Viewer } from './viewer';
import { whyNotEdit } from './why-not';

export interface ViewContext {
  readonly viewer: Viewer;
  /** The series of an exception or occurrence, for its rule. */
  readonly series: ReadonlyMap<string, ListedMeeting>;
  /** Copies of the same meeting in other calendars. */
  readonly alsoIn: readonly { readonly id: string; readonly calendar: CalendarRecord }[];
}

/** A service is told of a private meeting what events tell of it: when time is taken. */
export function isHidden({ content }: Pick<ListedMeeting, 'content'>, viewer: Pick<Viewer, 'service'>): boolean {
  return viewer.service && content !== null && isPrivate(content.visibility);
}

/** A row and its item as the person who owns the calendar sees them, or a service of their account. */
export function meetingView(
  row: Pick<OccurrenceRecord, '_id' | 'seriesId' | 'start' | 'end' | 'originalStart' | 'calendarId'>,
  stored: ListedMeeting,
  context: ViewContext,
): Meeting {
  const { viewer } = context;
  const lies = viewer.visible.get(row.calendarId);
  const own = viewer.service ? [] : (viewer.connections.get(stored.connectionId)?.addresses ?? []);
  const redacted = isHidden(stored, viewer);
  const item = redacted ? { ...stored, content: null, join: null } : stored;
  const { content, join } = item;
  const series = row.seriesId === null ? undefined : context.series.get(row.seriesId);
  const kept = item.writing?.kept ?? series?.writing?.kept ?? [];
  const attendees = [...(content?.attendees ?? []), ...(content ? kept : [])];
  const self = attendees.find((attendee) => attendee.self === true || isOwnAddress(attendee.email, own));
  const isMe = !viewer.service && hostIsMe(content?.organizer ?? null, own, lies?.owned ?? true);
  const mine = isMe || (!viewer.service && lies?.service === null);
  const rule = series?.lines ?? [];
  return {
    id: row._id,
    kind: join?.kind ?? 'event',
    title: content?.title ?? null,
    start: row.start,
    end: row.end,
    allDay: 'date' in row.start,
    series: row.seriesId === null ? null : { id: row.seriesId, rule },
    originalStart: originalTime(row.originalStart),
    host: redacted
      ? null
      : {
          name: content?.organizer?.name || null,
          email: content?.organizer?.email || (mine ? (own[0] ?? null) : null),
          isMe: mine,
        },
    attendees: attendees.map((attendee) => ({
      name: attendee.name || null,
      email: attendee.email || null,
      response: attendee.response,
      role: attendee.response === 'organizer' ? 'organizer' : attendee.role,
      isMe: !viewer.service && attendee === self,
    })),
    response: viewer.service ? 'none' : (self?.response ?? content?.response ?? (mine ? 'organizer' : 'none')),
    visibility: stored.content ? visibilityOf(stored.content.visibility) : 'default',
    redacted,
    calendar: lies ? calendarRef(lies) : null,
    location: content?.location || null,
    join: joinView(item),
    origin: item.origin,
    actions: actionsOf(
      item,
      redacted ? 'edit_at_provider' : whyNotEdit(viewer, { item, calendar: lies, hostIsMe: mine }),
    ),
    editUrl: content?.webLink ?? null,
    pending: pendingView(item, viewer, lies),
    refused: refusedView(item),
    attendeesAtProvider: kept.length === 0,
    alsoIn: context.alsoIn.flatMap(({ id, calendar: other }) => {
      const ref = calendarRef(other);
      return ref ? [{ id, calendar: ref }] : [];
    }),
    version: versionOf(item),
  };
}

/** Null where a meeting lies in no calendar. */
export function calendarRef({ _id, name, service }: CalendarRecord): Meeting['calendar'] {
  return service === null ? null : { id: _id, name, service };
}

/** Moves with each event and with each intention of a person. */
export function versionOf({ sequence, writing }: Pick<ListedMeeting, 'sequence' | 'writing'>): string {
  return writing && writing.edits > 0 ? `${sequence}.${writing.edits}` : `${sequence}`;
}

function pendingView(
  { writing, connectionId }: ListedMeeting,
  viewer: Viewer,
  lies: CalendarRecord | undefined,
): Meeting['pending'] {
  const serviceOf = (id: string) => viewer.connections.get(id)?.service ?? lies?.service ?? null;
  const [left] = writing?.left ?? [];
  const waits = writing?.pending ?? (left ? { operation: 'update' as const, since: left.since } : null);
  const waitingFor = serviceOf(writing?.pending || !left ? connectionId : left.connectionId);
  return waits && waitingFor ? { operation: waits.operation, since: waits.since.toISOString(), waitingFor } : null;
}

function refusedView({ writing }: ListedMeeting): Meeting['refused'] {
  const refused = writing?.refused;
  return refused ? { operation: refused.operation, at: refused.at.toISOString(), code: refused.code } : null;
}

function joinView({ join }: ListedMeeting): Meeting['join'] {
  if (join === null)
    return {
      recognised: false,
      label: null,
      provider: null,
      url: null,
      number: null,
      passcode: null,
      because: null,
      candidates: [],
    };
  return {
    recognised: join.recognised,
    label: join.label,
    provider: join.provider,
    url: join.url,
    number: join.number,
    passcode: join.passcode,
    because: join.because,
    candidates: join.candidates.map(({ url, field, provider, rule, lost }) => ({ url, field, provider, rule, lost })),
  };
}

/** `why`: what stands in the way of changing it. Only what was scheduled here is ours to delete. */
function actionsOf({ join, origin }: ListedMeeting, why: ReasonCode | null): Meeting['actions'] {
  const joinable = join?.recognised ?? false;
  const notDelete = origin === 'provider' ? 'scheduled_elsewhere' : why;
  return {
    join: joinable,
    edit: why === null,
    delete: notDelete === null,
    reasons: {
      ...(joinable ? {} : { join: 'no_join_link' }),
      ...(why === null ? {} : { edit: why }),
      ...(notDelete === null ? {} : { delete: notDelete }),
    },
  };
}
