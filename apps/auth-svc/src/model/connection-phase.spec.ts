import { afterEvent, type ConnectionPhase, type PhaseEvent } from './connection-phase';

const subject = afterEvent;
const phases: ConnectionPhase[] = ['pending', 'awaiting_admin', 'connected', 'needs_reconnect', 'deleted'];
const mishaps: PhaseEvent[] = ['denied', 'leg_failed', 'leg_needs_admin'];

describe('afterEvent', () => {
  it('takes a first connection away when it is denied, fails or lapses', () => {
    for (const event of ['denied', 'leg_failed', 'lapsed'] as const) expect(subject('pending', event)).toBe('removed');
  });

  it('lets nothing that happens in a browser harm a connection that works', () => {
    for (const event of mishaps) expect(subject('connected', event)).toBe('connected');
  });

  it('makes needs_reconnect by one event only: definitive word that the consent is gone', () => {
    const makers = (
      ['authorised', 'access_needs_admin', 'access_works', 'consent_revoked', 'lapsed', ...mishaps] as const
    ).filter((event) => subject('connected', event) === 'needs_reconnect');
    expect(makers).toEqual(['consent_revoked']);
  });

  it('connects from wherever the provider may grant', () => {
    for (const phase of phases.filter((each) => each !== 'deleted'))
      expect(subject(phase, 'authorised')).toBe('connected');
  });

  it('goes on by itself only from waiting for an administrator', () => {
    const moved = phases.filter((phase) => phase !== 'connected' && subject(phase, 'access_works') === 'connected');
    expect(moved).toEqual(['awaiting_admin']);
  });

  it('lets an administrator end nothing but the waiting for one', () => {
    const moved = phases.filter((phase) => !['illegal', phase].includes(subject(phase, 'admin_approved')));
    expect(moved).toEqual(['awaiting_admin']);
    expect(subject('awaiting_admin', 'admin_approved')).toBe('needs_reconnect');
  });

  it('can always delete, once, and does nothing with what is deleted', () => {
    for (const phase of phases) expect(subject(phase, 'deleted')).toBe(phase === 'deleted' ? 'illegal' : 'deleted');
    for (const event of mishaps) expect(subject('deleted', event)).toBe('illegal');
    expect(subject('deleted', 'authorised')).toBe('illegal');
  });

  it('lets only unfinished connections lapse', () => {
    expect(phases.filter((phase) => subject(phase, 'lapsed') === 'removed')).toEqual(['pending']);
  });
});
