import { hostIsMe, isOwnAddress, isPrivate } from '@daybook/domain';
import type { Meeting } from '@daybook/contracts';
import type { ListedMeeting } from '../ports/meeting-reader';
import type { CalendarRecord, OccurrenceRecord } from '../ports/records';
import { originalTime, visibilityOf } from './meeting-event';
import type { Viewer } from './viewer';

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
  const calendar = viewer.visible.get(row.calendarId);
  const own = viewer.service ? [] : (viewer.connections.get(stored.connectionId)?.addresses ?? []);
  const redacted = isHidden(stored, viewer);
  const item = redacted ? { ...stored, content: null, join: null } : stored;
  const { content, join } = item;
  const self = content?.attendees.find((attendee) => attendee.self === true || isOwnAddress(attendee.email, own));
  const isMe = !viewer.service && hostIsMe(content?.organizer ?? null, own, calendar?.owned ?? true);
  const rule = row.seriesId === null ? [] : (context.series.get(row.seriesId)?.lines ?? []);
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
          email: content?.organizer?.email || (isMe ? (own[0] ?? null) : null),
          isMe,
        },
    attendees: (content?.attendees ?? []).map((attendee) => ({
      name: attendee.name || null,
      email: attendee.email || null,
      response: attendee.response,
      role: attendee.response === 'organizer' ? 'organizer' : attendee.role,
      isMe: !viewer.service && attendee === self,
    })),
    response: viewer.service ? 'none' : (self?.response ?? (isMe ? 'organizer' : 'none')),
    visibility: stored.content ? visibilityOf(stored.content.visibility) : 'default',
    redacted,
    calendar: calendar ? calendarRef(calendar) : null,
    location: content?.location || null,
    join: joinView(item),
    origin: item.origin,
    actions: actionsOf(item),
    editUrl: content?.webLink ?? null,
    pending: null,
    refused: null,
    attendeesAtProvider: true,
    alsoIn: context.alsoIn.map(({ id, calendar: other }) => ({ id, calendar: calendarRef(other) })),
    version: `${item.sequence}`,
  };
}

export function calendarRef(calendar: CalendarRecord): {
  id: string;
  name: string;
  service: CalendarRecord['service'];
} {
  return { id: calendar._id, name: calendar.name, service: calendar.service };
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

/** Reading is what this deployment does with a provider's events; they are changed where they live, at `editUrl`. */
function actionsOf({ join, origin }: ListedMeeting): Meeting['actions'] {
  const joinable = join?.recognised ?? false;
  return {
    join: joinable,
    edit: false,
    delete: false,
    reasons: {
      ...(joinable ? {} : { join: 'no_join_link' }),
      edit: 'edit_at_provider',
      delete: origin === 'provider' ? 'scheduled_elsewhere' : 'edit_at_provider',
    },
  };
}
