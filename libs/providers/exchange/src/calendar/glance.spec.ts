import type { DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import { FakeHttp } from '@daybook/testing/fakes';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';
import { createExchangeCalendar } from './exchange-calendar';

const [FROM, TO] = [Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 27)];
const GLOBAL_ID = '040000008200E00074C5B7101A82E008';

const answer = (operation: string, ...messages: readonly string[]) => ({
  body: `<s:Envelope><s:Body><m:${operation}Response><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:${operation}Response></s:Body></s:Envelope>`,
});
const told = (operation: string, content: string): string =>
  `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`;
const TOO_MUCH =
  '<m:FindItemResponseMessage ResponseClass="Error"><m:ResponseCode>ErrorExceededFindCountLimit</m:ResponseCode></m:FindItemResponseMessage>';
const row = (id: string, type: string, uid: string): string =>
  `<t:CalendarItem><t:ItemId Id="${id}" ChangeKey="c"/>${uid}<t:CalendarItemType>${type}</t:CalendarItemType></t:CalendarItem>`;
const view = (...rows: readonly string[]): string =>
  told('FindItem', `<m:RootFolder IncludesLastItemInRange="true"><t:Items>${rows.join('')}</t:Items></m:RootFolder>`);
const uid = (text: string): string => `<t:UID>${text}</t:UID>`;
const item = (id: string, more = '<t:CalendarItemType>Single</t:CalendarItemType>'): string =>
  told(
    'GetItem',
    `<m:Items><t:CalendarItem><t:ItemId Id="${id}" ChangeKey="c"/><t:Start>2026-11-23T09:00:00Z</t:Start><t:End>2026-11-23T10:00:00Z</t:End><t:StartTimeZone Id="UTC"/><t:EndTimeZone Id="UTC"/>${more}</t:CalendarItem></m:Items>`,
  );
const series = (id: string): string =>
  item(
    id,
    '<t:CalendarItemType>RecurringMaster</t:CalendarItemType><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NoEndRecurrence><t:StartDate>2026-11-23</t:StartDate></t:NoEndRecurrence></t:Recurrence>',
  );

async function seen(http: FakeHttp): Promise<DeltaPage<RemoteMeeting>['changes']> {
  const mailbox = { url: 'https://mail.example.com/EWS/Exchange.asmx', user: 'ada', domain: null, password: 'p' };
  const access = writeAccess({ ...mailbox, version: 'Exchange2013_SP1' });
  const session = createExchangeCalendar(createEwsClient({ http, clock: { now: () => 0 } })).open(access);
  const window = { type: 'between', from: FROM, to: TO } as const;
  const found: DeltaPage<RemoteMeeting>['changes'][number][] = [];
  for await (const page of session.changes({ calendarRemoteId: 'primary', since: null, continueAt: null, window }))
    found.push(...page.changes);
  return found;
}

describe('a first look at a stretch of time', () => {
  it('is taken in halves where a server shows nothing, as too much lies in it', async () => {
    const http = new FakeHttp();
    http.answer(answer('FindItem', TOO_MUCH));
    http
      .answer(answer('FindItem', view(row('AAAA', 'Single', ''))))
      .answer(answer('FindItem', view(row('BBBB', 'Single', ''))));
    http.answer(answer('GetItem', item('AAAA'), item('BBBB')));
    expect((await seen(http)).map((change) => ('item' in change ? change.item.remoteId : ''))).toEqual([
      'AAAA',
      'BBBB',
    ]);
    const views = http.requests.map(({ body }) => /<m:CalendarView [^>]*>/.exec(String(body))?.[0]).slice(1, 3);
    expect(views).toEqual([
      '<m:CalendarView MaxEntriesReturned="1000" StartDate="2026-11-23T00:00:00Z" EndDate="2026-11-25T00:00:00Z"/>',
      '<m:CalendarView MaxEntriesReturned="1000" StartDate="2026-11-25T00:00:00Z" EndDate="2026-11-27T00:00:00Z"/>',
    ]);
  });

  it('ends where a server shows nothing of the shortest stretch either', async () => {
    const http = new FakeHttp();
    for (let times = 0; times < 20; times += 1) http.answer(answer('FindItem', TOO_MUCH));
    await expect(seen(http)).rejects.toMatchObject({ kind: 'Unknown' });
  });

  it('is taken in halves where a server shows only some of it', async () => {
    const http = new FakeHttp();
    const some = view(row('AAAA', 'Single', '')).replace('"true"', '"false"');
    http.answer(answer('FindItem', some)).answer(answer('FindItem', view(row('AAAA', 'Single', ''))));
    http.answer(answer('FindItem', view(row('BBBB', 'Single', ''))));
    http.answer(answer('GetItem', item('AAAA'), item('BBBB')));
    expect(await seen(http)).toHaveLength(2);
  });

  it('asks once for a series whose occurrences have their date in their UID', async () => {
    const http = new FakeHttp();
    const dated = ['07EA0B17', '07EA0B18'].map((date, index) =>
      row(`OOO${index}`, 'Occurrence', uid(`${GLOBAL_ID}${date}${'0'.repeat(24)}`)),
    );
    http.answer(answer('FindItem', view(...dated))).answer(answer('GetItem', series('SSSS')));
    expect(await seen(http)).toMatchObject([{ item: { remoteId: 'SSSS' } }]);
    expect(String(http.lastRequest.body).match(/OccurrenceId=/g)).toHaveLength(1);
  });

  it('shows a series once that occurrences without a UID led to again and again', async () => {
    const http = new FakeHttp();
    http.answer(answer('FindItem', view(row('OOO1', 'Occurrence', ''), row('OOO2', 'Occurrence', ''))));
    http.answer(answer('GetItem', series('SSSS'), series('SSSS')));
    expect(await seen(http)).toMatchObject([{ item: { kind: 'series', remoteId: 'SSSS' } }]);
  });
});
