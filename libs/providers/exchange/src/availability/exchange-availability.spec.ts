import { FakeHttp } from '@daybook/testing/fakes';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';
import { createExchangeAvailability } from './exchange-availability';

const ADA = 'ada@example.com';
const BEN = 'ben@example.com';
const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 23);
const ONE_DAY = { from: MONDAY, to: MONDAY + DAY };
const at = (clock: string): number => Date.parse(`2026-11-23T${clock}:00Z`);

const access = (version = 'Exchange2013_SP1') =>
  writeAccess({ url: 'https://mail.example.com/EWS/Exchange.asmx', user: 'ada', domain: null, password: 'p', version });

const envelope = (body: string): string => `<s:Envelope><s:Body>${body}</s:Body></s:Envelope>`;
const answer = (...responses: readonly string[]): string =>
  envelope(
    `<m:GetUserAvailabilityResponse><m:FreeBusyResponseArray>${responses.join('')}</m:FreeBusyResponseArray></m:GetUserAvailabilityResponse>`,
  );
const told = (view: string): string =>
  `<m:FreeBusyResponse><m:ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode></m:ResponseMessage><m:FreeBusyView>${view}</m:FreeBusyView></m:FreeBusyResponse>`;
const refused = (code: string, more = ''): string =>
  `<m:FreeBusyResponse><m:ResponseMessage ResponseClass="Error"><m:MessageText>told</m:MessageText><m:ResponseCode>${code}</m:ResponseCode>${more}</m:ResponseMessage><m:FreeBusyView><t:FreeBusyViewType>None</t:FreeBusyViewType></m:FreeBusyView></m:FreeBusyResponse>`;
/** Of a day. */
const merged = (digits: string): string => `<t:MergedFreeBusy>${digits.padEnd(96, '0')}</t:MergedFreeBusy>`;
const view = (type: string, rest = ''): string => `<t:FreeBusyViewType>${type}</t:FreeBusyViewType>${rest}`;
const events = (...some: readonly string[]): string =>
  view('FreeBusyMerged', `<t:CalendarEventArray>${some.join('')}</t:CalendarEventArray>`);
const event = (start: string, end: string, busyType = 'Busy', more = ''): string =>
  `<t:CalendarEvent><t:StartTime>2026-11-23T${start}:00</t:StartTime><t:EndTime>2026-11-23T${end}:00</t:EndTime><t:BusyType>${busyType}</t:BusyType>${more}</t:CalendarEvent>`;

describe('when people are taken, as Exchange tells it', () => {
  let http: FakeHttp;
  beforeEach(() => {
    http = new FakeHttp();
  });
  const subject = ({ addresses = [BEN], window = ONE_DAY, version = 'Exchange2013_SP1' } = {}) =>
    createExchangeAvailability(createEwsClient({ http, clock: { now: () => 0 } })).busyTimes(access(version), {
      addresses,
      ...window,
    });
  const toldBy = async (body: string, version?: string) => {
    http.answer({ body: answer(told(body)) });
    return (await subject(version === undefined ? {} : { version }))[0];
  };

  it('is asked for in UTC, without details, in the order of the schema', async () => {
    http.answer({ body: answer(told(events())) });
    await subject({ window: { from: at('09:30'), to: at('10:00') } });
    const never =
      '<t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek>';
    expect(String(http.lastRequest.body)).toContain(
      '<m:GetUserAvailabilityRequest>' +
        `<t:TimeZone><t:Bias>0</t:Bias><t:StandardTime>${never}</t:StandardTime><t:DaylightTime>${never}</t:DaylightTime></t:TimeZone>` +
        `<m:MailboxDataArray><t:MailboxData><t:Email><t:Address>${BEN}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData></m:MailboxDataArray>` +
        '<t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>2026-11-23T00:00:00</t:StartTime><t:EndTime>2026-11-24T00:00:00</t:EndTime></t:TimeWindow>' +
        '<t:MergedFreeBusyIntervalInMinutes>15</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>FreeBusyMerged</t:RequestedView></t:FreeBusyViewOptions>' +
        '</m:GetUserAvailabilityRequest>',
    );
  });

  it('is read from events, each as it takes time; what is free takes none', async () => {
    const some = [
      event('09:00', '10:00'),
      event('11:00', '12:00', 'Tentative'),
      event('13:00', '14:00', 'OOF'),
      event('15:00', '16:00', 'WorkingElsewhere'),
      event('17:00', '18:00', 'Free'),
    ];
    expect(await toldBy(events(...some))).toEqual({
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
    const details =
      '<t:CalendarEventDetails><t:ID>0001</t:ID><t:Subject>Salary</t:Subject><t:Location>Room 9</t:Location></t:CalendarEventDetails>';
    const known = await toldBy(
      view('Detailed', `<t:CalendarEventArray>${event('09:00', '10:00', 'Busy', details)}</t:CalendarEventArray>`),
    );
    expect(known).toEqual({ known: true, busy: [{ start: at('09:00'), end: at('10:00'), status: 'busy' }] });
  });

  it('is nothing for somebody without any event, whose list is left out', async () => {
    expect(await toldBy(view('FreeBusyMerged', merged('')))).toEqual({
      known: true,
      busy: [],
    });
  });

  it('is read from digits where there is nothing else, fifteen minutes each', async () => {
    expect(await toldBy(view('MergedOnly', merged(`${'0'.repeat(36)}2210003`)))).toEqual({
      known: true,
      busy: [
        { start: at('09:00'), end: at('09:30'), status: 'busy' },
        { start: at('09:30'), end: at('09:45'), status: 'tentative' },
        { start: at('10:30'), end: at('10:45'), status: 'out_of_office' },
      ],
    });
  });

  it('takes the digit 4 for work elsewhere, and of servers before 2013 for nothing known', async () => {
    const four = view('MergedOnly', merged('04'));
    const elsewhere = { start: at('00:15'), end: at('00:30'), status: 'working_elsewhere' };
    expect(await toldBy(four)).toEqual({ known: true, busy: [elsewhere] });
    expect(await toldBy(four, 'Exchange2010_SP2')).toEqual({ known: false, because: 'not_told' });
  });

  it.each([
    ['a time that is none', events(event('09:00', 'late'))],
    ['an end before the start', events(event('10:00', '09:00'))],
    ['a way to be taken that nobody knows', events(event('09:00', '10:00', 'Asleep'))],
    ['times without data', events(event('09:00', '10:00', 'NoData'))],
    ['one of these among good ones', events(event('08:00', '09:00'), event('09:00', '10:00', ''))],
    ['digits without data', view('MergedOnly', merged('025'))],
    ['digits that are none', view('MergedOnly', merged('02x'))],
    ['digits that end before the day does', view('MergedOnly', '<t:MergedFreeBusy>0200</t:MergedFreeBusy>')],
    ['no digits', view('MergedOnly')],
    ['a view of tomorrow', view('Wonderful')],
    ['no view', ''],
  ])('is not known where %s comes, which is not the same as free', async (_what, body) => {
    expect(await toldBy(body)).toEqual({ known: false, because: 'not_told' });
  });

  it('is not known where nothing is to be seen', async () => {
    expect(await toldBy(view('None'))).toEqual({ known: false, because: 'not_allowed' });
  });

  it.each([
    ['ErrorMailRecipientNotFound', 'unknown_address'],
    ['ErrorNonExistentMailbox', 'unknown_address'],
    ['ErrorAccountDisabled', 'unknown_address'],
    ['ErrorPasswordExpired', 'unknown_address'],
    ['ErrorNoFreeBusyAccess', 'not_allowed'],
    ['ErrorFreeBusyGenerationFailed', 'not_told'],
    ['ErrorProxyRequestProcessingFailed', 'not_told'],
    ['', 'not_told'],
  ])('%s of one person is %s, and says nothing of others', async (code, because) => {
    http.answer({ body: answer(refused(code), told(events(event('09:00', '10:00')))) });
    expect(await subject({ addresses: [BEN, ADA] })).toMatchObject([{ known: false, because }, { known: true }]);
  });

  it('stops for a server that wants to be left alone, wherever it says so', async () => {
    const wait = '<m:MessageXml><t:Value Name="BackOffMilliseconds">5000</t:Value></m:MessageXml>';
    http.answer({ body: answer(refused('ErrorServerBusy', wait), told(events())) });
    await expect(subject({ addresses: [BEN, ADA] })).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: 5000 });
  });

  it.each([
    ['fewer answers than people', answer(told(events()))],
    ['more answers than people', answer(told(events()), told(events()), told(events()))],
    ['no answers', envelope('<m:GetUserAvailabilityResponse/>')],
    ['another answer', envelope('<m:GetFolderResponse/>')],
    ['a hundred thousand and one answers', answer(`<m:FreeBusyResponse/>`.repeat(100_001))],
  ])('takes %s for an outage', async (_what, body) => {
    http.answer({ body });
    await expect(subject({ addresses: [ADA, BEN] })).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(http.requests).toHaveLength(1);
  });

  it('takes an entry without a word on how it went for nothing told', async () => {
    http.answer({
      body: answer(`<m:FreeBusyResponse><m:FreeBusyView>${events()}</m:FreeBusyView></m:FreeBusyResponse>`),
    });
    expect(await subject()).toEqual([{ known: false, because: 'not_told' }]);
  });

  it('is refused as a whole where the request is', async () => {
    const fault =
      '<s:Fault><faultcode>a:X</faultcode><detail><e:ResponseCode>ErrorPasswordExpired</e:ResponseCode></detail></s:Fault>';
    http.answer({ status: 500, body: envelope(fault) });
    await expect(subject()).rejects.toMatchObject({ kind: 'ConsentRevoked' });
  });

  it('takes a request for each hundred people and 62 days, and is whole all the same', async () => {
    const people = Array.from({ length: 101 }, (_none, index) => `p${index}@example.com`);
    const free = told(events());
    const nearTheEnd = (day: string): string =>
      `<t:CalendarEvent><t:StartTime>${day}T23:00:00</t:StartTime><t:EndTime>${day}T23:30:00</t:EndTime><t:BusyType>Busy</t:BusyType></t:CalendarEvent>`;
    http
      .answer({ body: answer(...new Array<string>(100).fill(free)) })
      .answer({ body: answer(told(events(nearTheEnd('2026-11-23')))) })
      .answer({ body: answer(...new Array<string>(100).fill(free)) })
      .answer({ body: answer(told(events(nearTheEnd('2027-01-24')))) });
    const answers = await subject({ addresses: people, window: { from: MONDAY, to: MONDAY + 63 * DAY } });
    expect(http.requests).toHaveLength(4);
    expect(answers.slice(0, 100).every((one) => one.known && one.busy.length === 0)).toBe(true);
    expect(answers[100]).toEqual({
      known: true,
      busy: ['2026-11-23', '2027-01-24'].map((day) => ({
        start: Date.parse(`${day}T23:00:00Z`),
        end: Date.parse(`${day}T23:30:00Z`),
        status: 'busy',
      })),
    });
    expect(String(http.requests[0]?.body)).toContain('<t:EndTime>2027-01-24T00:00:00</t:EndTime>');
    expect(String(http.requests[2]?.body)).toContain('<t:StartTime>2027-01-24T00:00:00</t:StartTime>');
  });

  it('writes no address as anything but text', async () => {
    http.answer({ body: answer(refused('ErrorMailRecipientNotFound')) });
    await subject({ addresses: ['<t:Address>&"@example.com'] });
    expect(String(http.lastRequest.body)).toContain('<t:Address>&lt;t:Address&gt;&amp;"@example.com</t:Address>');
  });
});
