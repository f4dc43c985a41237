import type { RemoteCalendar } from '@daybook/provider-port';
import { matchCalendars } from './match-calendars';

const listed = (remoteId: string, more: Partial<RemoteCalendar> = {}): RemoteCalendar => ({
  ...{
    remoteId,
    name: remoteId,
    colour: null,
    timeZone: null,
    primary: false,
    writable: true,
    shown: true,
    owned: true,
  },
  ...more,
});
const stored = (_id: string, more: Partial<RemoteCalendar> = {}) => ({
  ...listed(`old ${_id}`, { name: _id, ...more }),
  _id,
});
const nothing = { translated: new Map<string, string>(), firstIdOf: (remoteId: string) => `first ${remoteId}` };

describe('calendars under other names', () => {
  it('are told by a translation before anything else', () => {
    const translated = new Map([['old a', 'new b']]);
    const found = matchCalendars([stored('a'), stored('b')], [listed('new a', { name: 'a' }), listed('new b')], {
      ...nothing,
      translated,
    });
    expect(found).toEqual(new Map([['a', 'new b']]));
  });

  it('are those that were first known by this name', () => {
    expect(matchCalendars([stored('first x')], [listed('x')], nothing)).toEqual(new Map([['first x', 'x']]));
  });

  it('are the main one, whatever it is called, and the others by name', () => {
    const before = [stored('Calendar', { primary: true }), stored('Team'), stored('Gone')];
    const now = [listed('1', { name: 'Kalender', primary: true }), listed('2', { name: 'Team' }), listed('3')];
    expect(matchCalendars(before, now, nothing)).toEqual(
      new Map([
        ['Calendar', '1'],
        ['Team', '2'],
      ]),
    );
  });

  it('are told apart by whose they are where two have one name', () => {
    const before = [stored('a', { name: 'Team' }), stored('b', { name: 'Team', owned: false })];
    const now = [listed('1', { name: 'Team', owned: false }), listed('2', { name: 'Team' })];
    expect(matchCalendars(before, now, nothing)).toEqual(
      new Map([
        ['a', '2'],
        ['b', '1'],
      ]),
    );
  });

  it('are left alone where they could be either', () => {
    const before = [stored('a', { name: 'Team' })];
    expect(matchCalendars(before, [listed('1', { name: 'Team' }), listed('2', { name: 'Team' })], nothing)).toEqual(
      new Map(),
    );
    const both = [...before, stored('b', { name: 'Team' })];
    expect(matchCalendars(both, [listed('1', { name: 'Team' })], nothing)).toEqual(new Map());
  });
});
