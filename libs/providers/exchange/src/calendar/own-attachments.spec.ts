import { at, draft, FakeHttp } from '@daybook/testing/fakes';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';
import { createExchangeCalendar } from './exchange-calendar';

const MAILBOX = { url: 'https://mail.example.com/EWS/Exchange.asmx', user: 'ada', domain: null, password: 'p' };
const DAILY = draft('Stand-up', at('2026-11-25T15:00'), at('2026-11-25T15:30'), {
  lines: ['RRULE:FREQ=DAILY;COUNT=6'],
});

const answer = (operation: string, content: string) => ({
  body:
    `<s:Envelope><s:Body><m:${operation}Response><m:ResponseMessages><m:${operation}ResponseMessage ResponseClass="Success">` +
    `<m:ResponseCode>NoError</m:ResponseCode><m:Items><t:CalendarItem>${content}</t:CalendarItem></m:Items>` +
    `</m:${operation}ResponseMessage></m:ResponseMessages></m:${operation}Response></s:Body></s:Envelope>`,
});
const zones = '<t:StartTimeZone Id="W. Europe Standard Time"/><t:EndTimeZone Id="W. Europe Standard Time"/>';
const attached = (...files: readonly string[]): string =>
  files.length === 0 ? '' : `<t:Attachments>${files.join('')}</t:Attachments>`;
const file = (name: string, size: number): string =>
  `<t:FileAttachment><t:AttachmentId Id="${name}${size}"/><t:Name>${name}</t:Name><t:Size>${size}</t:Size></t:FileAttachment>`;
const master = (more = ''): string =>
  `<t:ItemId Id="m=" ChangeKey="ck1"/>${more}<t:CalendarItemType>RecurringMaster</t:CalendarItemType>` +
  '<t:Start>2026-11-25T08:00:00Z</t:Start><t:End>2026-11-25T08:30:00Z</t:End>' +
  '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence>' +
  '<t:StartDate>2026-11-25</t:StartDate><t:NumberOfOccurrences>6</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>' +
  '<t:ModifiedOccurrences><t:Occurrence><t:ItemId Id="o=" ChangeKey="ck2"/><t:OriginalStart>2026-11-27T08:00:00Z</t:OriginalStart>' +
  `</t:Occurrence></t:ModifiedOccurrences>${zones}`;
const changed = (more: string): string =>
  `<t:ItemId Id="o=" ChangeKey="ck2"/><t:Subject>Review</t:Subject>${more}<t:CalendarItemType>Exception</t:CalendarItemType>` +
  '<t:Start>2026-11-27T08:00:00Z</t:Start><t:End>2026-11-27T08:30:00Z</t:End>' +
  `<t:OriginalStart>2026-11-27T08:00:00Z</t:OriginalStart>${zones}`;

describe.each(['Exchange2010_SP2', 'Exchange2013_SP1'])('attachments of a changed occurrence (%s)', (version) => {
  let http: FakeHttp;
  beforeEach(() => {
    http = new FakeHttp();
  });
  const move = async () => {
    const access = writeAccess({ ...MAILBOX, version });
    const { writes } = createExchangeCalendar(createEwsClient({ http, clock: { now: () => 0 } })).open(access);
    return writes?.update({
      calendarRemoteId: 'cal',
      timeZone: 'Europe/Berlin',
      target: { type: 'item', remoteId: 'm=' },
      ifVersion: 'ck1',
      draft: DAILY,
      fields: ['time'],
      notify: false,
    });
  };
  const updates = () => http.requests.filter(({ body }) => String(body).includes('<m:UpdateItem ')).length;

  it.each([
    ['has none', []],
    ['has others', [file('Agenda.pdf', 9)]],
    ['has another one of that name', [file('Figures.xlsx', 70)]],
  ])('keep the times of their series where that %s', async (_what, its) => {
    http.answer(answer('GetItem', master())).answer(answer('GetItem', changed(attached(file('Figures.xlsx', 7)))));
    http.answer(answer('GetItem', master(attached(...its))));
    await expect(move()).rejects.toMatchObject({ kind: 'Rejected', because: 'attachments_kept' });
    expect([http.requests.length, updates()]).toEqual([3, 0]);
    expect(String(http.requests[1]?.body)).toContain('FieldURI="item:Attachments"');
  });

  it('are no matter where they are those of its series', async () => {
    const both = attached(file('Agenda.pdf', 9), file('Figures.xlsx', 7));
    http.answer(answer('GetItem', master())).answer(answer('GetItem', changed(both)));
    http.answer(answer('GetItem', master(both))).fail('network');
    await expect(move()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(updates()).toBe(1);
  });
});
