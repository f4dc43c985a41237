/**
 * What reading a page of 2,500 events costs beside parsing its JSON, interleaved in pairs in one process.
 * Run: npx rolldown -c libs/providers/google/bench/rolldown.config.mjs && node libs/providers/google/bench/dist/measure-page-mapping.mjs
 */
import { isRecord, listOf } from '@daybook/provider-port';
import { eventToMeeting } from '../src/calendar/event-to-meeting';

const EVENTS = 2500;
const PAIRS = 41;

/** A page as Google sends it for our field mask: one in fifty a series, one in three with guests, one in three a link. */
function pageText(): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const items = Array.from({ length: EVENTS }, (_, index) => {
    const day = `2026-${two((index % 12) + 1)}-${two((index % 27) + 1)}`;
    const offset = index % 12 > 2 && index % 12 < 10 ? '+02:00' : '+01:00';
    const hour = 8 + (index % 9);
    return {
      id: `${(index * 7919).toString(32).padStart(26, 'a')}`,
      etag: `"${3_400_000_000_000_000 + index}"`,
      status: 'confirmed',
      eventType: 'default',
      iCalUID: `${(index * 7919).toString(32).padStart(26, 'a')}@google.com`,
      summary: `Weekly planning of team ${index % 40}`,
      ...(index % 2 === 0 ? { description: `Agenda for ${index}. `.repeat(12) } : {}),
      ...(index % 3 === 0
        ? { location: `https://example.zoom.us/j/${9_000_000_000 + index}?pwd=abcdefghijklmnop` }
        : {}),
      start: { dateTime: `${day}T${two(hour)}:00:00${offset}`, timeZone: 'Europe/Berlin' },
      end: { dateTime: `${day}T${two(hour)}:30:00${offset}`, timeZone: 'Europe/Berlin' },
      ...(index % 50 === 0 ? { recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE'] } : {}),
      organizer: { email: `person${index % 60}@example.com`, displayName: `Person ${index % 60}` },
      ...(index % 3 === 0 ? { attendees: guests(index) } : {}),
      htmlLink: `https://www.google.com/calendar/event?eid=${(index * 7919).toString(36).padStart(40, 'b')}`,
    };
  });
  return JSON.stringify({ timeZone: 'Europe/Berlin', items, nextPageToken: 'x' });
}

function guests(index: number): object[] {
  return Array.from({ length: 4 }, (_, place) => ({
    email: `guest${(index + place) % 200}@example.com`,
    displayName: `Guest ${(index + place) % 200}`,
    responseStatus: place === 0 ? 'accepted' : 'needsAction',
    ...(place === 0 ? { self: true } : {}),
  }));
}

/** Processor time, milliseconds: what others do on the machine does not count. */
function timed(work: () => unknown): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const bytes = Buffer.from(pageText());
const kept: unknown[] = [];
const parse = (): readonly unknown[] => {
  const page: unknown = JSON.parse(bytes.toString('utf8'));
  return isRecord(page) ? listOf(page['items']) : [];
};
const parsing: number[] = [];
const control: number[] = [];
const mapping: number[] = [];
for (let pair = 0; pair < PAIRS + 5; pair += 1) {
  let items: readonly unknown[] = [];
  const floor = timed(() => (items = parse()));
  const again = timed(() => kept.push(parse().length));
  const mapped = timed(() => {
    const changes = [];
    for (const item of items) changes.push(eventToMeeting(item, 'Europe/Berlin'));
    kept.push(changes.filter((change) => change?.type === 'upserted').length);
  });
  if (pair < 5) continue;
  parsing.push(floor);
  control.push(again);
  mapping.push(mapped);
}
const [floor, again, mapped] = [median(parsing), median(control), median(mapping)];
const report = {
  events: EVENTS,
  pageKilobytes: Math.round(bytes.length / 1024),
  parseMs: Number(floor.toFixed(2)),
  mapMs: Number(mapped.toFixed(2)),
  mapToParse: Number((mapped / floor).toFixed(3)),
  controlParseToParse: Number((again / floor).toFixed(3)),
  pairs: PAIRS,
};
process.stdout.write(`${JSON.stringify(report)}\n`);
