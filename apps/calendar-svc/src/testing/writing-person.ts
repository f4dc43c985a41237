import { ProblemError, type Meeting, type RawBody } from '@daybook/contracts';
import { changeMeeting } from '../use-cases/change-meeting';
import { deleteMeeting } from '../use-cases/delete-meeting';
import { getMeeting } from '../use-cases/get-meeting';
import { scheduleMeeting } from '../use-cases/schedule-meeting';
import { withdrawWrite } from '../use-cases/withdraw-write';
import type { SyncBench } from './sync-bench';

export const BERLIN = 'Europe/Berlin';
export const CREATED = 'evt.calendar.meeting.created.v1';
export const UPDATED = 'evt.calendar.meeting.updated.v1';
export const CANCELLED = 'evt.calendar.meeting.cancelled.v1';

/** The person of a bench, with one connected calendar that is read already, and what they do with their meetings. */
export async function writingPerson(bench: SyncBench) {
  await bench.runWhileDue();
  const [calendar] = await bench.store.calendarsOf('con_1');
  const calendarId = calendar?._id ?? '';
  const { caller, writing } = bench;
  const json = (value: unknown): RawBody => ({ type: 'json', value });
  const wish = (more: object = {}) => ({
    topic: 'Design review',
    start: { dateTime: '2026-11-23T09:00:00', timeZone: BERLIN },
    end: { dateTime: '2026-11-23T10:00:00', timeZone: BERLIN },
    calendarId,
    ...more,
  });
  return {
    calendarId,
    schedule: (more: object = {}, idempotencyKey?: string) =>
      scheduleMeeting({ caller, body: json(wish(more)), idempotencyKey }, writing),
    change: (
      id: string,
      body: object,
      { scope, ifMatch, policy }: { scope?: string; ifMatch?: string; policy?: SyncBench['reading']['policy'] } = {},
    ) =>
      changeMeeting(
        { caller, id, query: scope ? { scope } : {}, ifMatch, body: json(body) },
        { ...writing, ...(policy ? { policy } : {}) },
      ),
    remove: (id: string, query: object = {}) => deleteMeeting({ caller, id, query: { ...query } }, writing),
    withdraw: (id: string) => withdrawWrite({ caller, id }, writing),
    get: (id: string): Promise<Meeting> => getMeeting(caller, id, bench.reading),
    rows: () => bench.list({ from: '2026-11-22T00:00:00Z' }),
    titles: async () => (await bench.list({ from: '2026-11-22T00:00:00Z' })).map(({ title }) => title),
    /** Everything that waits has had its turn, back-offs included. */
    settle: async () => {
      bench.clock.advance(1_000_000);
      await bench.runWhileDue();
    },
  };
}

export type WritingPerson = Awaited<ReturnType<typeof writingPerson>>;

/** The problem that some work ends with. */
export async function problemOf(work: Promise<unknown>): Promise<{ code: string; fields: string[]; editUrl?: string }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, fields = [], editUrl } = error.problem;
    return { code, fields: fields.map(({ field }) => field), ...(editUrl === undefined ? {} : { editUrl }) };
  }
  throw new Error('nothing was refused');
}
