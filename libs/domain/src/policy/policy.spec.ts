import * as fc from 'fast-check';
import { effectivePermission, leastOf, missingPermission, openPolicy, type Permission } from './policy';

const permission = fc.constantFrom<Permission>('none', 'read', 'readWrite');

describe('an effective permission', () => {
  it.each<[Permission, Permission, Permission, boolean, Permission]>([
    ['readWrite', 'readWrite', 'readWrite', false, 'readWrite'],
    ['readWrite', 'read', 'readWrite', false, 'read'],
    ['read', 'readWrite', 'readWrite', false, 'read'],
    ['readWrite', 'readWrite', 'read', true, 'read'],
    ['readWrite', 'readWrite', 'read', false, 'readWrite'],
    ['readWrite', 'readWrite', 'none', true, 'none'],
    ['none', 'readWrite', 'readWrite', true, 'none'],
  ])('of wanted %s, granted %s, policy %s (locked: %s) is %s', (wanted, granted, value, locked, expected) => {
    expect(effectivePermission(wanted, granted, { value, locked })).toBe(expected);
  });

  it('is never more than any of its parts, in any order', () => {
    fc.assert(
      fc.property(permission, permission, permission, (a, b, c) => {
        const least = leastOf(a, b, c);
        expect([a, b, c]).toContain(least);
        expect(leastOf(c, b, a)).toBe(least);
        expect([a, b, c].every((part) => leastOf(part, least) === least)).toBe(true);
      }),
    );
  });

  it('tells whether a grant falls short of the wish', () => {
    expect(missingPermission('readWrite', 'read')).toBe(true);
    expect(missingPermission('read', 'readWrite')).toBe(false);
    expect(missingPermission('none', 'none')).toBe(false);
  });
});

describe('the open policy', () => {
  it('has everything on and nothing locked', () => {
    expect(openPolicy(['one', 'two'])).toMatchObject({
      enabled: true,
      service: { default: null, enforced: null, allowed: ['one', 'two'] },
      permissions: { calendar: { value: 'readWrite', locked: false }, contacts: { value: 'readWrite', locked: false } },
      twoWaySync: true,
      reschedule: 'separate',
      minimumDesktopVersion: '5.2.1',
    });
  });
});
