import type { ChangesRequest, DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import { FakeHttp } from '@daybook/testing/fakes';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';
import { createExchangeCalendar } from './exchange-calendar';

const MAILBOX = { url: 'https://mail.example.com/EWS/Exchange.asmx', user: 'ada', domain: null, password: 'p' };
const ACCESS = writeAccess({ ...MAILBOX, version: 'Exchange2013_SP1' });
const ALL: ChangesRequest = { calendarRemoteId: 'cal', since: null, continueAt: null, window: { type: 'all' } };

const answer = (operation: string, ...contents: readonly string[]) => {
  const messages = contents.map(
    (content) =>
      `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`,
  );
  const body = `<m:${operation}Response><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:${operation}Response>`;
  return { body: `<s:Envelope><s:Body>${body}</s:Body></s:Envelope>` };
};
const day = (start: string, end: string, more = '<t:CalendarItemType>Single</t:CalendarItemType>'): string =>
  `<m:Items><t:CalendarItem><t:ItemId Id="A" ChangeKey="c"/><t:IsAllDayEvent>true</t:IsAllDayEvent>` +
  `<t:Start>${start}</t:Start><t:End>${end}</t:End>${more}</t:CalendarItem></m:Items>`;
const daily = (start: string, end: string): string =>
  day(
    start,
    end,
    '<t:CalendarItemType>RecurringMaster</t:CalendarItemType><t:Recurrence><t:DailyRecurrence><t:Interval>7</t:Interval></t:DailyRecurrence>' +
      '<t:NoEndRecurrence><t:StartDate>2026-10-19</t:StartDate></t:NoEndRecurrence></t:Recurrence>' +
      '<t:DeletedOccurrences><t:DeletedOccurrence><t:Start>2026-10-25T23:00:00Z</t:Start></t:DeletedOccurrence></t:DeletedOccurrences>',
  );
const chosen = (zone: string): string => {
  const value = (name: string, text: string): string =>
    `<t:${name}><t:Type>String</t:Type><t:Value>${text}</t:Value></t:${name}>`;
  const entry = `<t:DictionaryEntry>${value('DictionaryKey', 'timezone')}${value('DictionaryValue', zone)}</t:DictionaryEntry>`;
  return `<m:UserConfiguration><t:Dictionary>${entry}</t:Dictionary></m:UserConfiguration>`;
};

describe('an all-day item that names no zone', () => {
  let http: FakeHttp;
  beforeEach(() => {
    http = new FakeHttp();
  });
  async function changes(
    zone: string | null,
    ...items: readonly string[]
  ): Promise<DeltaPage<RemoteMeeting>['changes']> {
    const ids = items.map(
      (_item, index) => `<t:Create><t:CalendarItem><t:ItemId Id="A${index}"/></t:CalendarItem></t:Create>`,
    );
    const state = `<m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>`;
    http.answer(answer('SyncFolderItems', `${state}<m:Changes>${ids.join('')}</m:Changes>`));
    http.answer(answer('GetItem', ...items));
    if (zone !== null) http.answer(answer('GetUserConfiguration', chosen(zone)));
    const session = createExchangeCalendar(createEwsClient({ http, clock: { now: () => 0 } })).open(ACCESS);
    const found: DeltaPage<RemoteMeeting>['changes'][number][] = [];
    for await (const page of session.changes(ALL)) found.push(...page.changes);
    return found;
  }
  const on = (start: string, end: string) => ({ item: { content: { start: { date: start }, end: { date: end } } } });

  it('has its days where the mailbox has them, which is asked once', async () => {
    const [berlin, summer] = [
      day('2026-11-23T23:00:00Z', '2026-11-24T23:00:00Z'),
      day('2026-07-23T22:00:00Z', '2026-07-25T22:00:00Z'),
    ];
    const found = await changes('W. Europe Standard Time', berlin, summer);
    expect(found).toMatchObject([on('2026-11-24', '2026-11-25'), on('2026-07-24', '2026-07-26')]);
    expect(http.requests).toHaveLength(3);
  });

  it('repeats there, over a change of clocks', async () => {
    const [series, cancelled] = await changes(
      'W. Europe Standard Time',
      daily('2026-10-18T22:00:00Z', '2026-10-19T22:00:00Z'),
    );
    expect(series).toMatchObject({ item: { kind: 'series', ...on('2026-10-19', '2026-10-20').item } });
    expect(cancelled).toMatchObject({ item: { kind: 'cancelled', originalStart: { date: '2026-10-26' } } });
  });

  it('is asked about nothing where its ends are midnights of UTC', async () => {
    const found = await changes(null, day('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'));
    expect(found).toMatchObject([on('2026-11-24', '2026-11-25')]);
  });

  it.each([
    ['23:00', '2026-11-24'],
    ['22:00', '2026-11-24'],
    ['18:30', '2026-11-24'],
    ['18:15', '2026-11-24'],
    ['05:00', '2026-11-23'],
    ['09:30', '2026-11-23'],
  ])('that begins at %s in UTC has its days where only one zone could have them', async (time, first) => {
    const found = await changes('Tokyo Standard Time', day(`2026-11-23T${time}:00Z`, `2026-11-24T${time}:00Z`));
    const second = new Date(Date.parse(first) + 86_400_000).toISOString().slice(0, 10);
    expect(found).toMatchObject([on(first, second)]);
  });

  it.each([
    ['two zones could have it', day('2026-11-23T11:00:00Z', '2026-11-24T11:00:00Z')],
    ['none could', day('2026-11-23T23:07:00Z', '2026-11-24T23:07:00Z')],
    ['its ends have none in common', day('2026-11-23T23:00:00Z', '2026-11-24T22:00:00Z')],
    ['it repeats', daily('2026-10-18T22:00:00Z', '2026-10-19T22:00:00Z')],
  ])('stays unreadable where %s', async (_why, item) => {
    expect(await changes('Tokyo Standard Time', item)).toMatchObject([{ type: 'unreadable', reason: 'Start' }]);
  });
});
