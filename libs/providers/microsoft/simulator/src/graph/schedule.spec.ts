import { ADA, BEN, codeOf, GraphBench, timed } from './testing/graph-bench';

const at = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Vienna' });

describe('getSchedule', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  const ask = (extra: Record<string, unknown> = {}) =>
    subject.call('POST', '/me/calendar/getSchedule', {
      body: {
        schedules: [ADA, BEN, 'nobody@example.com'],
        startTime: at('2026-12-01T08:00:00'),
        endTime: at('2026-12-01T11:00:00'),
        ...extra,
      },
    });

  it('tells when people are taken, and of private events no more than that', async () => {
    await subject.create(timed('Mine', '2026-12-01'));
    await subject.create({ ...timed('Out', '2026-12-01', '10'), showAs: 'oof' });
    await subject.create({ ...timed('Free', '2026-12-01', '08'), showAs: 'free' });
    await subject.call('POST', '/me/events', {
      as: BEN,
      body: { ...timed('Secret', '2026-12-01'), sensitivity: 'private', showAs: 'tentative' },
    });
    const { body } = await ask();
    expect(body.value).toMatchObject([
      {
        scheduleId: ADA,
        availabilityView: '002030',
        scheduleItems: [{ status: 'busy', subject: 'Mine' }, { status: 'oof' }],
      },
      { scheduleId: BEN, availabilityView: '001000', scheduleItems: [{ status: 'tentative', isPrivate: true }] },
      { scheduleId: 'nobody@example.com', error: { responseCode: 'ErrorMailRecipientNotFound' } },
    ]);
    expect(Reflect.get(Object(body.value?.[1]?.['scheduleItems']), 0)).not.toHaveProperty('subject');
  });

  it('tells of an all-day event from which moment to which its owner is away', async () => {
    const midnight = (day: string) => ({ dateTime: `${day}T00:00:00`, timeZone: 'Europe/Vienna' });
    await subject.create({
      subject: 'Off',
      isAllDay: true,
      start: midnight('2026-12-01'),
      end: midnight('2026-12-02'),
    });
    const window = { startTime: at('2026-11-30T23:00:00'), endTime: at('2026-12-01T01:00:00') };
    const { body } = await ask({ schedules: [ADA], ...window });
    expect(body.value).toMatchObject([
      {
        availabilityView: '0022',
        scheduleItems: [
          { start: { dateTime: '2026-11-30T23:00:00.0000000' }, end: { dateTime: '2026-12-01T23:00:00.0000000' } },
        ],
      },
    ]);
  });

  it('takes the names of its parameters in any case, and an interval', async () => {
    await subject.create(timed('Mine', '2026-12-01'));
    const body = {
      Schedules: [ADA],
      StartTime: at('2026-12-01T09:00:00'),
      EndTime: at('2026-12-01T10:00:00'),
      AvailabilityViewInterval: 15,
    };
    const answer = await subject.call('POST', '/me/calendar/getSchedule', { body });
    expect(answer.body.value).toMatchObject([{ availabilityView: '2200' }]);
  });

  it.each([
    ['an end before the start', { endTime: at('2026-12-01T07:00:00') }, 'ErrorInvalidParameter'],
    ['more than 62 days', { endTime: at('2027-03-01T07:00:00') }, 'ErrorInvalidParameter'],
    ['more than twenty people', { schedules: Array.from({ length: 21 }, () => ADA) }, 'ErrorInvalidParameter'],
    ['no people', { schedules: [] }, 'RequestBodyRead'],
    ['an interval of a minute', { availabilityViewInterval: 1 }, 'RequestBodyRead'],
  ])('refuses %s', async (_reason, extra, code) => {
    expect(codeOf(await ask(extra))).toEqual([400, code]);
  });
});
