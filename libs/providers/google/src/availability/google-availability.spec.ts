import { FakeHttp } from '@daybook/testing/fakes';
import { createGoogleClient } from '../transport/google-client';
import { createGoogleAvailability } from './google-availability';

const ADA = 'ada@example.com';
const BEN = 'ben@example.com';
const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 23);
const at = (clock: string): string => `2026-11-23T${clock}:00Z`;
const span = (start: unknown, end: unknown) => ({ start, end });

describe('when people are taken, as Google tells it', () => {
  let http: FakeHttp;
  beforeEach(() => {
    http = new FakeHttp();
  });
  const subject = (addresses: readonly string[] = [BEN], days = 1) =>
    createGoogleAvailability(createGoogleClient(http, { now: () => 0 }, 'https://x.org/calendar/v3')).busyTimes(
      { token: 'token' },
      { addresses, from: MONDAY, to: MONDAY + days * DAY },
    );
  const toldBy = async (calendar: unknown) => {
    http.answer({ body: { calendars: { [BEN]: calendar } } });
    return (await subject())[0];
  };

  it('is asked for by address, in UTC, and changes nothing', async () => {
    http.answer({ body: { calendars: { [BEN]: { busy: [] } } } });
    await subject();
    const { method, url, body } = http.lastRequest;
    expect({ method, url }).toEqual({ method: 'POST', url: 'https://x.org/calendar/v3/freeBusy?fields=calendars' });
    expect(JSON.parse(String(body))).toEqual({
      timeMin: '2026-11-23T00:00:00Z',
      timeMax: '2026-11-24T00:00:00Z',
      timeZone: 'UTC',
      calendarExpansionMax: 50,
      items: [{ id: BEN }],
    });
  });

  it('is what it says, whatever offset it is told with', async () => {
    const busy = [span(at('09:00'), at('10:00')), span('2026-11-23T12:00:00+01:00', '2026-11-23T12:30:00+01:00')];
    expect(await toldBy({ busy })).toEqual({
      known: true,
      busy: [
        { start: Date.parse(at('09:00')), end: Date.parse(at('10:00')), status: 'busy' },
        { start: Date.parse(at('11:00')), end: Date.parse(at('11:30')), status: 'busy' },
      ],
    });
  });

  it.each([
    ['notFound', 'unknown_address'],
    ['forbidden', 'not_allowed'],
    ['internalError', 'not_told'],
    ['groupTooBig', 'not_told'],
    [undefined, 'not_told'],
  ])('%s of one person is %s, and says nothing of others', async (reason, because) => {
    const calendars = { [BEN]: { errors: [{ domain: 'global', reason }], busy: [] }, [ADA]: { busy: [] } };
    http.answer({ body: { calendars } });
    expect(await subject([BEN, ADA])).toEqual([
      { known: false, because },
      { known: true, busy: [] },
    ]);
  });

  it.each([
    ['no time', { busy: ['x'] }],
    ['a time that is none', { busy: [span(at('09:00'), at('10:00')), span('soon', at('11:00'))] }],
    ['an end before the start', { busy: [span(at('10:00'), at('09:00'))] }],
    ['an end that is missing', { busy: [span(at('10:00'), undefined)] }],
    ['no list', { busy: 'none' }],
    ['nothing', {}],
    ['no calendar', null],
  ])('is not known where %s comes, which is not the same as free', async (_what, calendar) => {
    expect(await toldBy(calendar)).toEqual({ known: false, because: 'not_told' });
  });

  it.each([['[]'], ['{"calendars":[]}'], ['null'], ['{"calendars":{"__proto__":{"busy":[]}}}'], ['']])(
    'is not known where the answer is %j',
    async (body) => {
      http.answer({ body });
      expect(await subject(['__proto__', BEN])).toEqual([
        body.includes('__proto__') ? { known: true, busy: [] } : { known: false, because: 'not_told' },
        { known: false, because: 'not_told' },
      ]);
    },
  );

  it.each([
    [403, 'insufficientPermissions', 'PermissionMissing'],
    [401, 'authError', 'AccessExpired'],
    [400, 'timeRangeEmpty', 'Unknown'],
    [503, 'backendError', 'Unavailable'],
  ])('is refused as a whole with %i %s', async (status, reason, kind) => {
    http.answer({ status, body: { error: { code: status, errors: [{ reason }] } } });
    await expect(subject()).rejects.toMatchObject({ name: 'ProviderError', kind });
  });

  it('takes a request for each fifty people and ninety days', async () => {
    const people = Array.from({ length: 51 }, (_none, index) => `p${index}@example.com`);
    for (let request = 0; request < 4; request += 1) http.answer({ body: { calendars: {} } });
    expect(await subject(people, 91)).toHaveLength(51);
    expect(http.requests).toHaveLength(4);
  });
});
