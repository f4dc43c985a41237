import { fail, problem, type Meeting, type ProblemCode, type ReasonCode } from '@daybook/contracts';
import type { CalendarRecord, MeetingRecord } from '../ports/records';
import { refuse } from './meeting-input';
import type { Viewer } from './viewer';
import { whyNotWrite } from './why-not';

const problems: Partial<Record<ReasonCode, ProblemCode>> = {
  calendar_read_only: 'calendar_read_only',
  permission_missing: 'permission_missing',
  not_organizer: 'not_organizer',
  two_way_off: 'two_way_off',
  attendees_left_out: 'attendees_left_out',
  integration_disabled: 'integration_disabled',
  capability_not_available: 'capability_not_available',
  scheduled_elsewhere: 'scheduled_elsewhere',
};

/** Throws why a meeting may not be changed here, with the provider's own page of it. */
export function refuseEdit({ actions, editUrl }: Meeting): void {
  if (!actions.edit) throw closed(actions.reasons.edit, editUrl);
}

/** The same of deleting it. */
export function refuseDelete({ actions, editUrl }: Meeting): void {
  if (!actions.delete) throw closed(actions.reasons.delete, editUrl);
}

function closed(reason: ReasonCode | undefined, editUrl: string | null): Error {
  const code = (reason && problems[reason]) ?? 'forbidden';
  return fail(code, undefined, editUrl === null ? {} : { editUrl });
}

/** Bare or quoted, weak or strong; null matches all: `*`, or none given. */
export function wantedVersion(ifMatch: string | undefined): string | null {
  const given = ifMatch?.trim();
  if (given === undefined || given === '' || given === '*') return null;
  return given.replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
}

/** Throws what stands in the way of writing to a calendar of the caller's, in the order of the doors. */
export function writableCalendar(calendarId: string, viewer: Viewer): CalendarRecord {
  if (!viewer.enabled) throw fail('integration_disabled');
  const calendar = viewer.calendars.find(({ _id }) => _id === calendarId);
  const field = 'calendarId';
  if (!calendar)
    return refuse([{ field, code: 'no_such_calendar', detail: 'There is no such calendar, or it is not yours.' }]);
  const why = whyNotWrite(viewer, calendar, viewer.connections.get(calendar.connectionId));
  if (why === 'permission_missing' || why === 'two_way_off' || why === 'calendar_read_only') throw fail(why);
  if (why !== null) throw fail('forbidden');
  if (!calendar.selected)
    return refuse([{ field, code: 'calendar_off', detail: 'This calendar is switched off. Switch it on first.' }]);
  return calendar;
}

/** What a person is told who waited for a write that was refused. */
export function refusalProblem({ writing, content }: MeetingRecord) {
  const why = writing?.refused?.code ?? 'provider_refused';
  const editUrl = content?.webLink ?? undefined;
  const code = why === 'permission_missing' ? ('permission_missing' as const) : ('write_refused' as const);
  return problem(code, undefined, editUrl === undefined ? {} : { editUrl });
}
