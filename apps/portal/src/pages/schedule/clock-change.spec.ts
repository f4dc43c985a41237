import { describe, expect, it } from 'vitest';
import { clockChange } from './clock-change';

describe('clockChange', () => {
  it.each([
    ['2027-03-28T02:30:00', 'Europe/Berlin', { kind: 'skipped', begins: '03:30' }],
    ['2027-03-28T01:59:00', 'Europe/Berlin', null],
    ['2027-03-28T03:00:00', 'Europe/Berlin', null],
    ['2026-10-25T02:30:00', 'Europe/Berlin', { kind: 'twice' }],
    ['2026-10-25T03:00:00', 'Europe/Berlin', null],
    ['2026-11-01T01:15:00', 'America/New_York', { kind: 'twice' }],
    ['2027-03-14T02:00:00', 'America/New_York', { kind: 'skipped', begins: '03:00' }],
    ['2026-10-04T02:10:00', 'Australia/Lord_Howe', { kind: 'skipped', begins: '02:40' }],
    ['2027-04-04T01:45:00', 'Australia/Lord_Howe', { kind: 'twice' }],
    ['2027-03-28T02:30:00', 'UTC', null],
    ['2026-11-24T09:00:00', 'Europe/Berlin', null],
  ])('%s in %s: %o', (civil, zone, expected) => {
    expect(clockChange(civil, zone)).toEqual(expected);
  });
});
