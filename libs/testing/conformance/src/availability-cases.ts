import { instantOf, type MeetingTime } from '@daybook/domain';
import type { Availability, AvailabilityPort, ProviderAccess } from '@daybook/provider-port';
import type { ConformanceSubject } from './conformance-subject';
import { expectRefusal } from './listing';
import { timed } from './writing';

const NOBODY = 'nobody@example.com';
const DAY = 86_400_000;
const midnight = (date: string): number => instantOf({ date }, 'Europe/Berlin');
/** A week of whole days in Berlin. */
const WEEK = { from: midnight('2026-11-23'), to: midnight('2026-11-30') };

/** What a colleague is told of when somebody is taken, of a provider that tells it. */
export function availabilityCases(subject: () => ConformanceSubject): void {
  const told = async (
    addresses: readonly string[] = [subject().address],
    { window = WEEK, access = subject().accessOfColleague }: Asked = {},
  ): Promise<readonly Availability[] | null> => {
    const port = subject().provider.availability;
    return port ? port.busyTimes(await access(), { addresses, ...window }) : null;
  };
  const add = (title: string, start: MeetingTime, end: MeetingTime, lines?: readonly string[]): Promise<string> =>
    subject().mailbox.add({ title, start, end, ...(lines ? { lines } : {}) });

  it('tells when somebody is taken, and of the time of a day that is taken whole', async () => {
    await add('Late', timed('2026-11-24T16:00:00'), timed('2026-11-24T17:30:00'));
    await add('Early', timed('2026-11-24T09:00:00', 'Asia/Tokyo'), timed('2026-11-24T10:00:00', 'Asia/Tokyo'));
    await subject().mailbox.setBusy(await add('Off', { date: '2026-11-26' }, { date: '2026-11-27' }), true);
    const answers = await told();
    if (!answers) return;
    expect(timesIn(answers)).toEqual([
      ['2026-11-24T00:00:00.000Z', '2026-11-24T01:00:00.000Z', 'busy'],
      ['2026-11-24T15:00:00.000Z', '2026-11-24T16:30:00.000Z', 'busy'],
      ['2026-11-25T23:00:00.000Z', '2026-11-26T23:00:00.000Z', 'busy'],
    ]);
  });

  it('tells the occurrences of a series as they are, the moved ones where they are now', async () => {
    const start = timed('2026-11-23T10:00:00');
    const series = await add('Daily', start, timed('2026-11-23T11:00:00'), ['RRULE:FREQ=DAILY;COUNT=4']);
    const to = { start: timed('2026-11-24T14:00:00'), end: timed('2026-11-24T15:00:00') };
    await subject().mailbox.moveOccurrence(series, timed('2026-11-24T10:00:00'), to);
    await subject().mailbox.cancelOccurrence(series, timed('2026-11-25T10:00:00'));
    const answers = await told();
    if (!answers) return;
    expect(timesIn(answers).map(([begin]) => begin)).toEqual([
      '2026-11-23T09:00:00.000Z',
      '2026-11-24T13:00:00.000Z',
      '2026-11-26T09:00:00.000Z',
    ]);
  });

  it('tells nothing of what takes no time, or is gone', async () => {
    const [from, to] = [timed('2026-11-24T09:00:00'), timed('2026-11-24T10:00:00')];
    await subject().mailbox.setBusy(await add('Reminder', from, to), false);
    await subject().mailbox.remove(await add('Gone', from, to));
    const answers = await told();
    if (answers) expect(answers).toEqual([{ known: true, busy: [] }]);
  });

  it('joins what overlaps or touches, and tells no more than was asked for', async () => {
    await add('Night', timed('2026-11-22T22:00:00'), timed('2026-11-23T02:00:00'));
    await add('Later', timed('2026-11-23T01:00:00'), timed('2026-11-23T03:00:00'));
    await add('Next', timed('2026-11-23T03:00:00'), timed('2026-11-23T04:00:00'));
    await add('Last', timed('2026-11-29T23:30:00'), timed('2026-11-30T01:00:00'));
    await add('Outside', timed('2026-11-30T02:00:00'), timed('2026-11-30T03:00:00'));
    const answers = await told();
    if (!answers) return;
    expect(timesIn(answers)).toEqual([
      ['2026-11-22T23:00:00.000Z', '2026-11-23T03:00:00.000Z', 'busy'],
      ['2026-11-29T22:30:00.000Z', '2026-11-29T23:00:00.000Z', 'busy'],
    ]);
  });

  it('answers for a few minutes and for a hundred days alike', async () => {
    await add('Now', timed('2026-11-23T09:00:00'), timed('2026-11-23T10:00:00'));
    await add('Then', timed('2027-03-01T09:00:00'), timed('2027-03-01T10:00:00'));
    const from = Date.parse('2026-11-23T08:10:00Z');
    const [short, long] = [
      await told(undefined, { window: { from, to: from + 300_000 } }),
      await told(undefined, { window: { from, to: from + 100 * DAY } }),
    ];
    if (!short || !long) return;
    expect(timesIn(short)).toEqual([['2026-11-23T08:10:00.000Z', '2026-11-23T08:15:00.000Z', 'busy']]);
    expect(timesIn(long)).toEqual([
      ['2026-11-23T08:10:00.000Z', '2026-11-23T09:00:00.000Z', 'busy'],
      ['2027-03-01T08:00:00.000Z', '2027-03-01T09:00:00.000Z', 'busy'],
    ]);
  });

  it('answers for many at once in their order, and knows nothing of whom it does not know', async () => {
    await add('Talk', timed('2026-11-24T09:00:00'), timed('2026-11-24T10:00:00'));
    const others = Array.from({ length: 110 }, (_none, index) => `${index}.${NOBODY}`);
    const answers = await told([...others.slice(0, 105), subject().address, ...others.slice(105)]);
    if (!answers) return;
    expect(answers).toHaveLength(111);
    expect(timesIn(answers.slice(105))).toHaveLength(1);
    const rest = answers.filter((_answer, index) => index !== 105);
    expect(rest.every((answer) => !answer.known && answer.because === 'unknown_address')).toBe(true);
  });

  it('tells people of themselves', async () => {
    await add('Talk', timed('2026-11-24T09:00:00'), timed('2026-11-24T10:00:00'));
    const answers = await told(undefined, { access: subject().access });
    if (answers) expect(timesIn(answers)).toHaveLength(1);
  });

  it.each([
    ['throttled', 'Throttled'],
    ['unavailable', 'Unavailable'],
  ] as const)('%s, it says so, and nothing of anybody', async (fault, kind) => {
    const { availability } = subject().provider;
    if (!availability) return;
    const access = await subject().access();
    subject().mailbox.fault(fault, 1);
    await expectRefusal(ask(availability, access), kind);
  });

  it('tells nothing to a person who has taken the consent back', async () => {
    const { availability, auth } = subject().provider;
    if (!availability) return;
    const access = await subject().access();
    subject().mailbox.withdraw();
    await expectRefusal(ask(availability, access), auth.form ? 'ConsentRevoked' : 'AccessExpired');
  });

  const ask = (port: AvailabilityPort, access: ProviderAccess): Promise<unknown> =>
    port.busyTimes(access, { addresses: [subject().address], ...WEEK });
}

interface Asked {
  readonly window?: { readonly from: number; readonly to: number };
  readonly access?: () => Promise<ProviderAccess>;
}

/** Of the first of the answers. */
function timesIn([answer]: readonly Availability[]): readonly (readonly [string, string, string])[] {
  if (!answer?.known) throw new Error(`nothing is known: ${JSON.stringify(answer)}`);
  const text = (instant: number): string => new Date(instant).toISOString();
  return answer.busy.map(({ start, end, status }) => [text(start), text(end), status] as const);
}
