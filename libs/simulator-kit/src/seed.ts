/** Generated mailboxes, said without any provider's words. */
export interface SeedOrder {
  /** How many events. */
  events: number;
  /** The same seed gives the same events (on the same day of the simulator's clock). */
  seed: number;
}

export interface SeedEntry {
  /** From 0. */
  index: number;
  title: string;
  /** A note with a join link, or nothing. */
  note: string;
  place: string;
  /** Epoch milliseconds; of an all-day entry only the day counts. */
  startsAt: number;
  endsAt: number;
  allDay: boolean;
  /** How many times it takes place, week by week; null when it does once. */
  weeks: number | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Events are spread over this many days on each side of today. */
const REACH = 300;
const TOPICS = [
  'Planning',
  'Review',
  'Stand-up',
  'Interview',
  'Lunch',
  'Workshop',
  'Retrospective',
  'Budget',
  'Demo',
  'Call',
];
const PLACES = ['Room 1', 'Room 2', 'Café', 'Head office', '', ''];

/** Small generator of numbers in [0, 1), good enough for test data and the same everywhere (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Singles, one in fifty a weekly series, some all day, most with join links, around the day of `now`. */
export function* seedEntries({ events, seed }: SeedOrder, now: number): Generator<SeedEntry> {
  const random = randomNumbers(seed);
  const today = Math.floor(now / DAY) * DAY;
  for (let index = 0; index < events; index += 1) yield seedEntry(index, random, today);
}

function seedEntry(index: number, random: () => number, today: number): SeedEntry {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const series = random() < 0.02;
  const allDay = random() < 0.03 && !series;
  const startsAt = today + Math.floor((random() * 2 - 1) * REACH) * DAY + (7 + Math.floor(random() * 22) / 2) * HOUR;
  const endsAt = startsAt + (1 + Math.floor(random() * 4)) * (HOUR / 2);
  const number = String(81_000_000_000 + Math.floor(random() * 999_999_999));
  const note = random() < 0.6 ? `Join: https://us02web.zoom.us/j/${number}?pwd=seed${index}` : '';
  const place = pick(PLACES);
  const title = `${pick(TOPICS)} ${index + 1}`;
  const weeks = series ? 5 + Math.floor(random() * 40) : null;
  return { index, title, note, place, startsAt, endsAt, allDay, weeks };
}
