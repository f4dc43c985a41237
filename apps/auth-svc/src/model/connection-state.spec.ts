import type { PartState, Permissions } from '@daybook/contracts';
import type { PartReport } from './connection';
import type { ConnectionPhase } from './connection-phase';
import { overallState, partState } from './connection-state';

const both: Permissions = { calendar: 'read', contacts: 'read' };

interface Given {
  readonly phase?: ConnectionPhase;
  readonly wanted?: Permissions;
  readonly granted?: Permissions;
  readonly calendar?: PartState;
  readonly contacts?: PartState;
  readonly objection?: 'host_not_allowed';
}

function facts({ phase = 'connected', wanted = both, granted = both, calendar, contacts, objection }: Given) {
  const report = (state: PartState | undefined): PartReport | null =>
    state === undefined
      ? null
      : { at: new Date(0), state, lastSuccessAt: null, nextAttemptAt: null, progress: null, problem: null };
  const where = { url: 'https://mail.example.com', username: 'ada', version: 'v', certificateChecksSkipped: false };
  const server = objection === undefined ? null : { ...where, objection };
  return { phase, wanted, granted, server, reports: { calendar: report(calendar), contacts: report(contacts) } };
}

describe('overallState', () => {
  const subject = (given: Given, suspended = false) => overallState(facts(given), suspended);

  it('puts the policy before everything', () => {
    expect(subject({ phase: 'needs_reconnect' }, true)).toBe('disabled_by_policy');
    expect(subject({ phase: 'pending' }, true)).toBe('disabled_by_policy');
  });

  it.each(['pending', 'awaiting_admin', 'needs_reconnect'] as const)(
    'is %s while its phase is, whatever was reported',
    (phase) => {
      expect(subject({ phase, calendar: 'active', contacts: 'active' })).toBe(phase);
    },
  );

  it('syncs until every part has reported', () => {
    expect(subject({})).toBe('syncing');
    expect(subject({ calendar: 'active' })).toBe('syncing');
    expect(subject({ calendar: 'active', contacts: 'active' })).toBe('active');
  });

  it('needs its person only when every wanted part does', () => {
    expect(subject({ calendar: 'needs_reconnect', contacts: 'needs_reconnect' })).toBe('needs_reconnect');
    expect(subject({ calendar: 'needs_reconnect', contacts: 'active' })).toBe('degraded');
    const wanted: Permissions = { calendar: 'read', contacts: 'none' };
    expect(subject({ calendar: 'needs_reconnect', wanted })).toBe('needs_reconnect');
  });

  it('is degraded while an administrator does not allow the server, whatever was reported', () => {
    expect(subject({ calendar: 'active', contacts: 'active', objection: 'host_not_allowed' })).toBe('degraded');
    expect(subject({ phase: 'needs_reconnect', objection: 'host_not_allowed' })).toBe('needs_reconnect');
    expect(subject({ objection: 'host_not_allowed' }, true)).toBe('disabled_by_policy');
  });

  it('is degraded when a part is', () => {
    expect(subject({ calendar: 'degraded', contacts: 'active' })).toBe('degraded');
    expect(subject({ calendar: 'degraded', contacts: 'degraded' })).toBe('degraded');
  });

  it('is active with a partial grant that works', () => {
    const granted: Permissions = { calendar: 'read', contacts: 'none' };
    expect(subject({ granted, calendar: 'active' })).toBe('active');
  });
});

describe('partState', () => {
  it('is off where nothing is wanted or granted', () => {
    const wanted: Permissions = { calendar: 'read', contacts: 'none' };
    expect(partState('contacts', facts({ wanted, contacts: 'active' }), false)).toBe('off');
    expect(partState('contacts', facts({ wanted }), true)).toBe('off');
    const granted: Permissions = { calendar: 'none', contacts: 'read' };
    expect(partState('calendar', facts({ granted, calendar: 'active' }), false)).toBe('off');
  });

  it('does not take states from a report that only we can know', () => {
    for (const calendar of ['off', 'pending', 'awaiting_admin', 'disabled_by_policy'] as const) {
      expect(partState('calendar', facts({ calendar }), false)).toBe('syncing');
    }
  });
});
