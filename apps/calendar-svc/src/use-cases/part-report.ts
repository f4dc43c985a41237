import type { PartState } from '@daybook/contracts';
import type { PartReport } from '../ports/access-source';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { commonStretch, shownStretches } from './shown-stretch';

/** The calendar part of a connection in one word, from its calendars: what a person sees on its card. */
export function partReport(connection: ConnectionRecord, calendars: readonly CalendarRecord[], at: Date): PartReport {
  const selected = calendars.filter((calendar) => calendar.selected);
  const problem = connection.problem ?? selected.find((calendar) => calendar.problem !== null)?.problem ?? null;
  const first = selected.filter((calendar) => calendar.lastSuccessAt === null);
  const syncing = connection.listedAt === null || first.length > 0;
  const coverage = commonStretch(shownStretches(calendars));
  return {
    connectionId: connection._id,
    at,
    state: stateOf(connection, selected, syncing),
    lastSuccessAt: oldest(selected.map((calendar) => calendar.lastSuccessAt)),
    nextAttemptAt: nextAttempt(connection, selected),
    ...(problem ? { problem } : {}),
    ...(coverage ? { coverage } : {}),
    ...(syncing
      ? {
          progress: {
            done: selected.reduce((sum, calendar) => sum + calendar.progress, 0),
            total: null,
            soonReady:
              connection.listedAt !== null && selected.length > 0 && selected.every((calendar) => calendar.glanced),
          },
        }
      : {}),
  };
}

function stateOf(connection: ConnectionRecord, selected: readonly CalendarRecord[], syncing: boolean): PartState {
  switch (connection.problem?.code) {
    case 'consent_revoked':
    case 'password_refused':
    case 'sign_in_needed':
    case 'switched_off':
      return 'needs_reconnect';
    case 'admin_approval_needed':
      return 'awaiting_admin';
  }
  if (connection.problem !== null || selected.some((calendar) => calendar.problem !== null)) return 'degraded';
  return syncing ? 'syncing' : 'active';
}

function oldest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null);
  if (known.length < times.length || known.length === 0) return null;
  return new Date(Math.min(...known.map((time) => time.getTime())));
}

/** The next look at the provider, no earlier than the connection may call again. */
export function nextAttempt(
  connection: ConnectionRecord | undefined,
  selected: readonly CalendarRecord[],
): Date | null {
  if (selected.length === 0) return connection?.listDueAt ?? null;
  const soonest = Math.min(...selected.map((calendar) => calendar.nextSyncAt.getTime()));
  return new Date(Math.max(soonest, connection?.notBefore?.getTime() ?? 0));
}
