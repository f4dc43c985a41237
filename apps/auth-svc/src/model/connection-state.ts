import type { ConnectionState, Part, PartState } from '@daybook/contracts';
import { PARTS, type Connection } from './connection';

type StateFacts = Pick<Connection, 'phase' | 'wanted' | 'granted' | 'reports' | 'server'>;

/** States that only we can know; a syncing service that reports one of them is about to learn better. */
const OURS: ReadonlySet<PartState> = new Set(['off', 'pending', 'awaiting_admin', 'disabled_by_policy']);

/** The state of one part: policy first, then where the connection stands with its provider, then what its service reports. */
export function partState(part: Part, facts: StateFacts, suspended: boolean): PartState {
  if (facts.wanted[part] === 'none') return 'off';
  if (suspended) return 'disabled_by_policy';
  switch (facts.phase) {
    case 'pending':
    case 'awaiting_admin':
    case 'needs_reconnect':
      return facts.phase;
    case 'deleted':
      return 'off';
    case 'connected':
      if (facts.granted[part] === 'none') return 'off';
      return facts.server?.objection ? 'degraded' : reportedState(facts, part);
  }
}

function reportedState(facts: StateFacts, part: Part): PartState {
  const state = facts.reports[part]?.state;
  return state === undefined || OURS.has(state) ? 'syncing' : state;
}

/**
 * The overall state: of those in the outer contract the first that holds. Parts that are off have no say, so a partial grant
 * that works is `active`.
 */
export function overallState(facts: StateFacts, suspended: boolean): ConnectionState {
  const states = PARTS.map((part) => partState(part, facts, suspended)).filter((state) => state !== 'off');
  const [first] = states;
  if (first === undefined) return facts.phase === 'needs_reconnect' ? 'needs_reconnect' : 'active';
  if (states.includes('disabled_by_policy')) return 'disabled_by_policy';
  if (states.includes('awaiting_admin')) return 'awaiting_admin';
  if (states.every((state) => state === 'needs_reconnect')) return 'needs_reconnect';
  if (states.includes('pending')) return 'pending';
  if (states.includes('syncing')) return 'syncing';
  if (states.includes('degraded') || states.some((state) => state !== first)) return 'degraded';
  return 'active';
}
