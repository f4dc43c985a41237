import type { Freshness, StandingProblem } from '@daybook/contracts';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { nextAttempt } from './part-report';
import { commonStretch, shownStretches, toCoverage } from './shown-stretch';
import type { Viewer } from './viewer';

const SWITCHED_OFF: StandingProblem = {
  code: 'integration_disabled',
  detail: 'An administrator has switched the integration off.',
  blame: 'admin',
};

/** Not heard from for this many poll intervals: stale. */
const STALE_AFTER = 2;

/**
 * One source for each connection: when the provider was last heard, when it is asked next, and what stands in the way. A
 * connection that nobody has consented to yet is none. `coverage` is what the providers show of all these calendars.
 */
export function freshnessOf(
  viewer: Viewer,
  calendars: readonly CalendarRecord[],
  options: { now: number; pollEveryMs: number },
): Freshness {
  const sources = [...viewer.connections.values()]
    .filter(({ _id, status }) => status === 'live' || calendars.some(({ connectionId }) => connectionId === _id))
    .map((connection) => sourceOf(viewer, connection, calendars));
  const stale = sources.some((source) => {
    if (source.problem || source.lastSuccessAt === null) return true;
    return options.now - Date.parse(source.lastSuccessAt) > STALE_AFTER * options.pollEveryMs;
  });
  const shown = commonStretch(shownStretches(calendars));
  return { stale, sources, ...(shown ? { coverage: toCoverage(shown) } : {}) };
}

function sourceOf(
  viewer: Viewer,
  connection: ConnectionRecord,
  calendars: readonly CalendarRecord[],
): Freshness['sources'][number] {
  const own = calendars.filter((calendar) => calendar.connectionId === connection._id && calendar.selected);
  const heard = own.flatMap((calendar) => (calendar.lastSuccessAt ? [calendar.lastSuccessAt.getTime()] : []));
  const next = connection.status === 'live' ? nextAttempt(connection, own) : null;
  const problem = viewer.enabled
    ? (connection.problem ?? own.find((calendar) => calendar.problem !== null)?.problem)
    : SWITCHED_OFF;
  return {
    connectionId: connection._id,
    part: 'calendar',
    lastSuccessAt: heard.length === own.length && heard.length > 0 ? new Date(Math.min(...heard)).toISOString() : null,
    nextAttemptAt: viewer.enabled && next ? next.toISOString() : null,
    ...(problem ? { problem } : {}),
  };
}
