import { isZone, resolveZone, windowsIdOf, zoneDataVersion, zoneIdToWrite } from './zone-names';

describe('zone names', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin', 'iana'],
    ['europe/berlin', 'Europe/Berlin', 'iana'],
    ['Asia/Kolkata', 'Asia/Kolkata', 'iana'],
    ['US/Pacific', 'US/Pacific', 'iana'],
    ['W. Europe Standard Time', 'Europe/Berlin', 'windows'],
    ['GMT Standard Time', 'Europe/London', 'windows'],
    ['Greenwich Standard Time', 'Atlantic/Reykjavik', 'windows'],
    ['eastern standard time', 'America/New_York', 'windows'],
    ['UTC', 'UTC', 'utc'],
    ['Etc/UTC', 'UTC', 'utc'],
    ['GMT', 'UTC', 'utc'],
    ['tzone://Microsoft/Utc', 'UTC', 'utc'],
  ])('%s is %s (%s)', (id, zone, via) => {
    expect(resolveZone(id)).toEqual({ zone, sourceId: id, via });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['Customized Time Zone', 'custom'],
    ['tzone://Microsoft/Custom', 'custom'],
    ['Mid-Atlantis Time', 'unknown'],
    ['+01:00', 'unknown'],
    ['../../etc/passwd', 'unknown'],
    ['x'.repeat(100_000), 'unknown'],
  ])('%.30s has no zone (%s)', (id, reason) => {
    expect(resolveZone(id)).toEqual({ zone: null, sourceId: id, reason });
  });

  it('keeps Vienna when its Windows id stands for Berlin as well', () => {
    expect(windowsIdOf('Europe/Vienna')).toBe('W. Europe Standard Time');
    expect(zoneIdToWrite('Europe/Vienna', { zone: 'Europe/Vienna', sourceId: 'Europe/Vienna' })).toBe('Europe/Vienna');
    const read = resolveZone('W. Europe Standard Time');
    const source = { zone: read.zone ?? '', sourceId: read.sourceId };
    expect(zoneIdToWrite('Europe/Berlin', source)).toBe('W. Europe Standard Time');
    expect(zoneIdToWrite('Europe/Vienna', source)).toBe('Europe/Vienna');
  });

  it('says which zones exist and whose rules are used', () => {
    expect(isZone('America/Argentina/ComodRivadavia')).toBe(true);
    expect(isZone('Nowhere/Land')).toBe(false);
    expect(zoneDataVersion()).toMatch(/^\d{4}[a-z]+$/);
  });
});
