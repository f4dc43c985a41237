import { FakeHttp } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { createMicrosoftAvailability } from './microsoft-availability';

const ADA = 'ada@example.com';
const BEN = 'ben@example.com';
const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 23);
const at = (clock: string): number => Date.parse(`2026-11-23T${clock}:00Z`);
const time = (clock: string, timeZone = 'UTC') => ({ dateTime: `2026-11-23T${clock}:00.0000000`, timeZone });
const item = (status: unknown, start: unknown = time('09:00'), end: unknown = time('10:00')) => ({
  status,
  start,
  end,
});
/** Of a day. */
const view = (digits: string): string => digits.padEnd(96, '0');

describe('when people are taken, as Graph tells it', () => {
  let http: FakeHttp;
  beforeEach(() => {
    http = new FakeHttp();
  });
  const subject = (addresses: readonly string[] = [BEN], days = 1) => {
    const client = createGraphClient({ http, clock: { now: () => 0 }, turns: new FewAtOnce(4) }, 'https://x.org/v1.0');
    const window = { from: MONDAY, to: MONDAY + days * DAY };
    return createMicrosoftAvailability(client).busyTimes({ token: 'token' }, { addresses, ...window });
  };
  const toldBy = async (row: object) => {
    http.answer({ body: { value: [{ scheduleId: BEN, ...row }] } });
    return (await subject())[0];
  };

  it('is asked for by address, in UTC, and changes nothing', async () => {
    http.answer({ body: { value: [] } });
    await subject();
    const { method, url, body } = http.lastRequest;
    expect({ method, url }).toEqual({ method: 'POST', url: 'https://x.org/v1.0/me/calendar/getSchedule' });
    expect(JSON.parse(String(body))).toEqual({
      schedules: [BEN],
      startTime: { dateTime: '2026-11-23T00:00:00', timeZone: 'UTC' },
      endTime: { dateTime: '2026-11-24T00:00:00', timeZone: 'UTC' },
      availabilityViewInterval: 15,
    });
  });

  it('is read from events, each as it takes time; what is free takes none', async () => {
    const scheduleItems = [
      item('busy'),
      item('tentative', time('11:00'), time('12:00')),
      item('oof', time('13:00'), time('14:00')),
      item('workingElsewhere', time('16:00', 'W. Europe Standard Time'), time('17:00', 'W. Europe Standard Time')),
      item('free', time('17:00'), time('18:00')),
    ];
    expect(await toldBy({ scheduleItems })).toEqual({
      known: true,
      busy: [
        { start: at('09:00'), end: at('10:00'), status: 'busy' },
        { start: at('11:00'), end: at('12:00'), status: 'tentative' },
        { start: at('13:00'), end: at('14:00'), status: 'out_of_office' },
        { start: at('15:00'), end: at('16:00'), status: 'working_elsewhere' },
      ],
    });
  });

  it('tells nothing of what it is taken by, whatever the server sends', async () => {
    const details = { subject: 'Salary', location: 'Room 9', isPrivate: false };
    const known = await toldBy({ scheduleItems: [{ ...item('busy'), ...details }] });
    expect(known).toEqual({ known: true, busy: [{ start: at('09:00'), end: at('10:00'), status: 'busy' }] });
  });

  it('is read from digits where there is nothing else', async () => {
    expect(await toldBy({ availabilityView: view(`${'0'.repeat(36)}2204`) })).toEqual({
      known: true,
      busy: [
        { start: at('09:00'), end: at('09:30'), status: 'busy' },
        { start: at('09:45'), end: at('10:00'), status: 'working_elsewhere' },
      ],
    });
  });

  it.each([
    ['ErrorMailRecipientNotFound', 'unknown_address'],
    ['ErrorNoFreeBusyAccess', 'not_allowed'],
    ['ErrorProxyRequestProcessingFailed', 'not_told'],
    [undefined, 'not_told'],
  ])('%s of one person is %s, and says nothing of others', async (responseCode, because) => {
    const refused = { scheduleId: BEN, availabilityView: '', scheduleItems: [], error: { message: 'x', responseCode } };
    http.answer({ body: { value: [{ scheduleId: 'ADA@example.com', scheduleItems: [] }, refused] } });
    expect(await subject([BEN, ADA])).toEqual([
      { known: false, because },
      { known: true, busy: [] },
    ]);
  });

  it.each([
    ['no item', { scheduleItems: ['x'] }],
    ['a time that is none', { scheduleItems: [item('busy'), item('busy', { dateTime: 'soon', timeZone: 'UTC' })] }],
    ['an end before the start', { scheduleItems: [item('busy', time('10:00'), time('09:00'))] }],
    ['a zone that nobody knows', { scheduleItems: [item('busy', time('09:00', 'Mars'), time('10:00', 'Mars'))] }],
    ['a way to be taken that nobody knows', { scheduleItems: [item('unknown')] }],
    ['too few digits', { availabilityView: '0220' }],
    ['digits that are none', { availabilityView: view('02x') }],
    ['a digit of tomorrow', { availabilityView: view('029') }],
    ['nothing', {}],
  ])('is not known where %s comes, which is not the same as free', async (_what, row) => {
    expect(await toldBy(row)).toEqual({ known: false, because: 'not_told' });
  });

  it.each([['[]'], ['{"value":{}}'], ['null'], [''], ['{"value":[null,"x",{}]}']])(
    'is not known where the answer is %j',
    async (body) => {
      http.answer({ body });
      expect(await subject()).toEqual([{ known: false, because: 'not_told' }]);
    },
  );

  it.each([
    [403, 'ErrorAccessDenied', 'PermissionMissing'],
    [401, 'InvalidAuthenticationToken', 'AccessExpired'],
    [400, 'ErrorInvalidParameter', 'Unknown'],
    [503, 'ServiceUnavailable', 'Unavailable'],
  ])('is refused as a whole with %i %s', async (status, code, kind) => {
    http.answer({ status, body: { error: { code } } });
    await expect(subject()).rejects.toMatchObject({ name: 'ProviderError', kind });
  });

  it('takes a request for each twenty people and 62 days', async () => {
    const people = Array.from({ length: 21 }, (_none, index) => `p${index}@example.com`);
    for (let request = 0; request < 4; request += 1) http.answer({ body: { value: [] } });
    expect(await subject(people, 63)).toHaveLength(21);
    expect(http.requests).toHaveLength(4);
  });
});
