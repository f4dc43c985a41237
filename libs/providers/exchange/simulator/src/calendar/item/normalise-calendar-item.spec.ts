import { element } from '../../wire/element';
import { attendees, BORIS, CLARA, creation, daily, stored, timed, UID, valueOf, weekly } from '../testing/sample-items';
import { UTC_ZONE } from '../zones/calendar-zone';
import { attendeesOf } from './attendees';
import { fieldOf, textField, withFields, withoutFields, type Fields } from './fields';
import { normaliseCalendarItem, type NormaliseContext } from './normalise-calendar-item';

const nine = timed('2026-11-23T09:00:00', '2026-11-23T10:30:00');

const texts = (fields: Fields, ...names: readonly string[]): Record<string, string | null> =>
  Object.fromEntries(names.map((name) => [name, textField(fields, name)]));

const updated = (before: Fields, sent: Fields, more: Partial<NormaliseContext> = {}) =>
  normaliseCalendarItem(withFields(before, sent), creation(sent, { kind: 'update', before, ...more }));

const codeOf = (outcome: ReturnType<typeof normaliseCalendarItem>): string =>
  outcome.ok ? 'accepted' : `${outcome.refusal.code} ${outcome.refusal.path ?? ''}`.trim();

describe('a calendar item as it is kept', () => {
  it('has its times in UTC, its zone by id, and what follows from them', () => {
    const item = stored(nine);
    expect(
      texts(item, 'Start', 'End', 'Duration', 'TimeZone', 'StartTimeZoneId', 'StartWallClock', 'ReminderDueBy', 'When'),
    ).toEqual({
      Start: '2026-11-23T08:00:00Z',
      End: '2026-11-23T09:30:00Z',
      Duration: 'PT1H30M',
      TimeZone: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
      StartTimeZoneId: 'W. Europe Standard Time',
      StartWallClock: '2026-11-23T09:00:00',
      ReminderDueBy: '2026-11-23T08:00:00Z',
      When: 'Monday, November 23, 2026 9:00 AM-10:30 AM',
    });
    expect(fieldOf(item, 'StartTimeZone')?.attributes['Id']).toBe('W. Europe Standard Time');
  });

  it('is an appointment of its owner until somebody is invited', () => {
    const names = ['IsMeeting', 'IsOrganizer', 'MyResponseType', 'AppointmentState', 'CalendarItemType'];
    expect(texts(stored(nine), ...names, 'IsResponseRequested', 'LegacyFreeBusyStatus', 'UID')).toEqual({
      IsMeeting: 'false',
      IsOrganizer: 'true',
      MyResponseType: 'Organizer',
      AppointmentState: '0',
      CalendarItemType: 'Single',
      IsResponseRequested: 'true',
      LegacyFreeBusyStatus: 'Busy',
      UID,
    });
    const meeting = stored([...nine, attendees('RequiredAttendees', BORIS), attendees('OptionalAttendees', CLARA)]);
    expect(texts(meeting, 'IsMeeting', 'AppointmentState', 'DisplayTo', 'DisplayCc')).toEqual({
      IsMeeting: 'true',
      AppointmentState: '1',
      DisplayTo: 'Boris Kern',
      DisplayCc: 'Clara Toth',
    });
    expect(attendeesOf(meeting).map(({ field }) => textField(field.children, 'ResponseType'))).toEqual([
      'Unknown',
      'Unknown',
    ]);
  });

  it('is somebody else’s meeting in the calendar of an attendee', () => {
    const meeting = stored([...nine, attendees('RequiredAttendees', BORIS)]);
    const copy = stored(meeting, { owner: BORIS, sent: [] });
    expect(texts(copy, 'IsMeeting', 'IsOrganizer', 'MyResponseType', 'AppointmentState')).toEqual({
      IsMeeting: 'true',
      IsOrganizer: 'false',
      MyResponseType: 'NoResponseReceived',
      AppointmentState: '3',
    });
  });

  it.each<[string, Fields]>([
    ['an appointment', nine],
    ['a meeting', [...nine, attendees('RequiredAttendees', BORIS)]],
    ['an all-day event', [...nine, element('IsAllDayEvent', true)]],
    ['a series', [...nine, weekly('Wednesday', '2026-11-23', 3)]],
  ])('does not change when %s is normalised again', (_what, sent) => {
    const once = stored(sent);
    const again = valueOf(normaliseCalendarItem(once, creation([], { kind: 'update', before: once })));
    const sorted = (fields: Fields): Fields => [...fields].sort((one, other) => (one.name < other.name ? -1 : 1));
    expect(sorted(again)).toEqual(sorted(once));
  });

  it('covers whole days of its zone when it lasts all day', () => {
    const oneDay = stored([...nine, element('IsAllDayEvent', true)]);
    expect(texts(oneDay, 'Start', 'End', 'Duration')).toEqual({
      Start: '2026-11-22T23:00:00Z',
      End: '2026-11-23T23:00:00Z',
      Duration: 'P1D',
    });
    const summer = timed('2026-03-28T00:00:00', '2026-03-30T00:00:00', [element('IsAllDayEvent', 'true')]);
    expect(texts(stored(summer), 'Start', 'End')).toEqual({
      Start: '2026-03-27T23:00:00Z',
      End: '2026-03-29T22:00:00Z',
    });
    const empty = timed('2026-11-23T00:00:00', '2026-11-23T00:00:00', [element('IsAllDayEvent', true)]);
    expect(textField(stored(empty), 'Duration')).toBe('P1D');
    const elsewhere = stored([...nine, element('IsAllDayEvent', '1')], { zone: UTC_ZONE });
    expect(textField(elsewhere, 'Start')).toBe('2026-11-23T00:00:00Z');
  });

  it('takes the zone of the item before that of the request, and MeetingTimeZone from old clients', () => {
    const pacific = element('StartTimeZone', [], { Id: 'Pacific Standard Time' });
    expect(textField(stored([...nine, pacific]), 'Start')).toBe('2026-11-23T17:00:00Z');
    const old = stored([...nine, element('MeetingTimeZone', [], { TimeZoneName: 'Tokyo Standard Time' })]);
    expect(textField(old, 'Start')).toBe('2026-11-23T00:00:00Z');
    expect(fieldOf(old, 'StartTimeZone')?.attributes['Id']).toBe('Tokyo Standard Time');
    expect(fieldOf(old, 'MeetingTimeZone')).toBeNull();
  });

  it('keeps words for When that a client chose, and renews its own', () => {
    const moved = valueOf(updated(stored(nine), timed('2026-11-24T14:00:00', '2026-11-24T15:00:00')));
    expect(textField(moved, 'When')).toBe('Tuesday, November 24, 2026 2:00 PM-3:00 PM');
    const own = valueOf(updated(stored(nine), [element('When', 'after lunch')]));
    expect(textField(valueOf(updated(own, [element('Subject', 'New')])), 'When')).toBe('after lunch');
  });

  it('counts the versions of a meeting whose times change', () => {
    const meeting = stored([...nine, attendees('RequiredAttendees', BORIS)]);
    const renamed = valueOf(updated(meeting, [element('Subject', 'New')]));
    const moved = valueOf(updated(renamed, [element('End', '2026-11-23T11:00:00')]));
    expect([renamed, moved].map((item) => textField(item, 'AppointmentSequenceNumber'))).toEqual(['0', '1']);
  });

  it('remembers answers when a client sends the attendees again', () => {
    const answered = attendees('RequiredAttendees', BORIS);
    const before = stored([
      ...nine,
      {
        ...answered,
        children: answered.children.map((one) => ({
          ...one,
          children: [...one.children, element('ResponseType', 'Accept')],
        })),
      },
    ]);
    const next = valueOf(updated(before, [attendees('RequiredAttendees', CLARA, BORIS)]));
    expect(attendeesOf(next).map(({ field }) => textField(field.children, 'ResponseType'))).toEqual([
      'Unknown',
      'Accept',
    ]);
  });

  it('leaves away what a client has deleted', () => {
    const without = withoutFields(stored(nine), ['LegacyFreeBusyStatus']);
    const next = valueOf(normaliseCalendarItem(without, creation([], { kind: 'update', before: stored(nine) })));
    expect(fieldOf(next, 'LegacyFreeBusyStatus')).toBeNull();
  });
});

describe('a series', () => {
  it('begins at the first day its rule hits, at the time of day of its start', () => {
    const item = stored([...nine, weekly('Wednesday', '2026-11-23', 3)]);
    expect(texts(item, 'Start', 'End', 'CalendarItemType', 'IsRecurring')).toEqual({
      Start: '2026-11-25T08:00:00Z',
      End: '2026-11-25T09:30:00Z',
      CalendarItemType: 'RecurringMaster',
      IsRecurring: 'false',
    });
    expect(JSON.stringify(fieldOf(item, 'Recurrence'))).toContain('2026-11-25+01:00');
  });

  it('moves its first day with its start when the rule stays', () => {
    const before = stored([...nine, daily('2026-11-23', 5)]);
    const next = valueOf(updated(before, timed('2026-12-01T09:00:00', '2026-12-01T10:00:00')));
    expect(JSON.stringify(fieldOf(next, 'Recurrence'))).toContain('2026-12-01+01:00');
  });

  it('begins where a new rule says when both are sent', () => {
    const before = stored([...nine, daily('2026-11-23', 5)]);
    const both = timed('2026-12-01T14:00:00', '2026-12-01T15:00:00', [daily('2026-12-05', 5)]);
    expect(textField(valueOf(updated(before, both)), 'Start')).toBe('2026-12-05T13:00:00Z');
  });

  it('keeps the wall time through a change of the clock', () => {
    const item = stored(timed('2026-03-28T09:00:00', '2026-03-28T10:00:00', [daily('2026-03-29', 5)]));
    expect(textField(item, 'Start')).toBe('2026-03-29T07:00:00Z');
  });
});

describe('calendar items that Exchange refuses', () => {
  const started = [element('Start', '2026-11-23T09:00:00')];
  it.each<[string, Fields, string]>([
    ['without an end', started, 'ErrorRequiredPropertyMissing calendar:End'],
    [
      'with an end before the start',
      timed('2026-11-23T09:00:00', '2026-11-23T08:59:59'),
      'ErrorCalendarEndDateIsEarlierThanStartDate calendar:End',
    ],
    [
      'of more than five years',
      timed('2026-11-23T09:00:00', '2031-11-23T09:00:01'),
      'ErrorCalendarDurationIsTooLong calendar:Duration',
    ],
    ['in an unknown zone', [...nine, element('StartTimeZone', [], { Id: 'Mars' })], 'ErrorTimeZone'],
    ['with an own organizer', [...nine, element('Organizer')], 'ErrorInvalidPropertySet calendar:Organizer'],
    [
      'that are meetings by their word',
      [...nine, element('IsMeeting', true)],
      'ErrorInvalidPropertySet calendar:IsMeeting',
    ],
    [
      'with a guest who has no address',
      [...nine, attendees('OptionalAttendees', BORIS, { name: 'Clara', address: '' })],
      'ErrorMissingInformationEmailAddress',
    ],
    [
      'whose occurrences overlap',
      timed('2026-11-23T09:00:00', '2026-11-24T09:30:00', [daily('2026-11-23', 5)]),
      'ErrorOccurrenceTimeSpanTooBig calendar:Recurrence',
    ],
  ])('%s', (_what, sent, code) => {
    expect(codeOf(normaliseCalendarItem(sent, creation(sent)))).toBe(code);
  });

  it('five years exactly are allowed, and no time at all', () => {
    expect(codeOf(normaliseCalendarItem(timed('2026-11-23T09:00:00', '2031-11-23T09:00:00'), creation([])))).toBe(
      'accepted',
    );
    expect(codeOf(normaliseCalendarItem(timed('2026-11-23T09:00:00', '2026-11-23T09:00:00'), creation([])))).toBe(
      'accepted',
    );
  });

  it('a UID at creation only, a rule for a whole series only', () => {
    const uid = [element('UID', 'own@example.org')];
    expect(textField(stored([...nine, ...uid]), 'UID')).toBe('own@example.org');
    expect(codeOf(updated(stored(nine), uid))).toBe('ErrorInvalidPropertySet calendar:UID');
    expect(codeOf(updated(stored(nine), [daily('2026-11-23', 2)], { kind: 'updateOccurrence' }))).toBe(
      'ErrorInvalidPropertySet calendar:Recurrence',
    );
  });
});
