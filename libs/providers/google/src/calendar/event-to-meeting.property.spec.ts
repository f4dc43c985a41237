import { instantOf, parseInstant } from '@daybook/domain';
import fc from 'fast-check';
import { readMeetingTime } from './event-time';
import { eventToMeeting as subject } from './event-to-meeting';

const FIELDS = [
  ...['id', 'etag', 'status', 'eventType', 'iCalUID', 'summary', 'description', 'location', 'start', 'end'],
  ...['recurrence', 'recurringEventId', 'originalStartTime', 'organizer', 'attendees', 'attendeesOmitted'],
  ...['visibility', 'transparency', 'hangoutLink', 'htmlLink', 'conferenceData', 'source', 'extendedProperties'],
];
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC'];

describe('events nobody would send', () => {
  it('never throws, whatever stands in the fields, and always says which item it was', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const sound = { id: 'e', etag: '"1"', start: { date: '2026-11-22' }, end: { date: '2026-11-23' } };
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...FIELDS), anything), fc.boolean(), (fields, overSound) => {
        const change = subject(overSound ? { ...sound, ...fields } : fields, 'Europe/Berlin');
        if (change?.type === 'upserted') expect(change.item.remoteId).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the instant of every time, in every zone and with every offset', () => {
    const instants = fc.integer({ min: Date.UTC(1971, 0, 1) / 1000, max: Date.UTC(2037, 0, 1) / 1000 });
    const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(instants, offsets, fc.constantFrom(...ZONES), (seconds, offset, timeZone) => {
        const dateTime = textOf(seconds, offset);
        const read = readMeetingTime({ dateTime, timeZone }, 'UTC', false);
        expect(parseInstant(dateTime)).toBe(seconds * 1000);
        expect(read && instantOf(read)).toBe(seconds * 1000);
      }),
      { numRuns: 1000 },
    );
  });
});

/** RFC 3339 with an offset in minutes. */
function textOf(seconds: number, offset: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
