import { FakeHttp } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { createMicrosoftCalendar } from './microsoft-calendar';

const ZONE = 'W. Europe Standard Time';
const event = (id: string, type: string, more: object = {}) => ({
  id,
  changeKey: `ck-${id}`,
  type,
  subject: id,
  isAllDay: false,
  originalStartTimeZone: ZONE,
  originalEndTimeZone: ZONE,
  start: { dateTime: '2026-11-26T08:00:00.0000000', timeZone: 'UTC' },
  end: { dateTime: '2026-11-26T09:00:00.0000000', timeZone: 'UTC' },
  ...more,
});
const series = (more: object = {}) =>
  event('s=', 'seriesMaster', {
    start: { dateTime: '2026-11-25T08:00:00.0000000', timeZone: 'UTC' },
    end: { dateTime: '2026-11-25T09:00:00.0000000', timeZone: 'UTC' },
    recurrence: {
      pattern: { type: 'daily', interval: 1 },
      range: { type: 'numbered', startDate: '2026-11-25', numberOfOccurrences: 5, recurrenceTimeZone: ZONE },
    },
    ...more,
  });
const exception = (more: object = {}) =>
  event('x=', 'exception', { seriesMasterId: 's=', originalStart: '2026-11-26T08:00:00Z', ...more });
const MISSING = { status: 404, body: { error: { code: 'ErrorItemNotFound', message: 'none' } } };

describe('one item, asked for by its name, as a listing shows it', () => {
  let http: FakeHttp;
  const read = async (remoteId: string) => {
    const surroundings = { http, clock: { now: () => 0 }, turns: new FewAtOnce(4) };
    const client = createGraphClient(surroundings, 'https://graph.test/v1.0');
    const session = createMicrosoftCalendar(client, { now: () => 0 }).open({ token: 'at' });
    return session.item?.({ calendarRemoteId: 'cal', timeZone: 'Europe/Berlin', remoteId });
  };
  beforeEach(() => {
    http = new FakeHttp();
  });

  it('is an occurrence that somebody was invited to alone, under the id of its event', async () => {
    http.answer({ body: exception() }).answer(MISSING);
    expect(await read('x=')).toMatchObject({
      type: 'upserted',
      item: { kind: 'exception', remoteId: 'x=', seriesRemoteId: 's=' },
    });
  });

  it('is no changed occurrence under the id of its event where its series is here', async () => {
    http.answer({ body: exception() }).answer({ body: series() });
    expect(await read('x=')).toEqual({ type: 'removed', remoteId: 'x=' });
  });

  it('is a taken-out occurrence where its organizer called it off', async () => {
    http.answer({ body: series({ exceptionOccurrences: [exception({ isCancelled: true })] }) });
    expect(await read('OID.s=.2026-11-26')).toMatchObject({ type: 'upserted', item: { kind: 'cancelled' } });
  });

  it('is nothing of a series that its organizer called off', async () => {
    http.answer({ body: series({ isCancelled: true, exceptionOccurrences: [exception()] }) });
    expect(await read('OID.s=.2026-11-26')).toEqual({ type: 'removed', remoteId: 'OID.s=.2026-11-26' });
  });

  it('has those of its own exclusions that are still in effect', async () => {
    const property = { id: 'String {4b1f3c52-7d0a-4e58-9f63-2a6c8d1e90b7} Name DaybookNote' };
    const value = JSON.stringify({ excluded: ['2026-11-26', '2026-12-24'] });
    const noted = { singleValueExtendedProperties: [{ ...property, value }] };
    http.answer({ body: series({ cancelledOccurrences: ['OID.s=.2026-11-26'], ...noted }) });
    expect(await read('s=')).toMatchObject({ item: { lines: [expect.any(String), 'EXDATE:20261126T080000Z'] } });
  });
});
