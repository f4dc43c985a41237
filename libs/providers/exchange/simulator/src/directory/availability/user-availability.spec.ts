import { ADA, allOf, BEN, codesOf, textIn, type Reply } from '../../http/testing/exchange-bench';
import { create } from '../../items/testing/item-requests';
import { directoryBench } from '../testing/directory-bench';

/** Berlin, as availability requests say it. */
const ZONE = `<t:TimeZone><t:Bias>-60</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>03:00:00</t:Time><t:DayOrder>5</t:DayOrder><t:Month>10</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime><t:DaylightTime><t:Bias>-60</t:Bias><t:Time>02:00:00</t:Time><t:DayOrder>5</t:DayOrder><t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone>`;
const mailbox = (email: string): string =>
  `<t:MailboxData><t:Email><t:Address>${email}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData>`;
const span = (from: string, to: string): string => `<t:StartTime>${from}</t:StartTime><t:EndTime>${to}</t:EndTime>`;
const MONDAY = span('2026-11-23T09:00:00', '2026-11-23T13:00:00');
const view = (kind: string, { window = MONDAY, interval = 60 } = {}): string =>
  `<t:FreeBusyViewOptions><t:TimeWindow>${window}</t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>${interval}</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>${kind}</t:RequestedView></t:FreeBusyViewOptions>`;
const ask = (rest: string, { emails = [BEN], zone = ZONE } = {}): string =>
  `<m:GetUserAvailabilityRequest>${zone}<m:MailboxDataArray>${emails.map(mailbox).join('')}</m:MailboxDataArray>${rest}</m:GetUserAvailabilityRequest>`;
const meeting = (subject: string, hour: string, { before = '', after = '' } = {}): string =>
  `<t:CalendarItem><t:Subject>${subject}</t:Subject>${before}<t:Start>2026-11-23T${hour}:00:00Z</t:Start><t:End>2026-11-23T${hour}:59:59Z</t:End>${after}</t:CalendarItem>`;
const permission = (user: string, level: string): string =>
  `<t:CalendarPermission><t:UserId>${user}</t:UserId><t:CalendarPermissionLevel>${level}</t:CalendarPermissionLevel></t:CalendarPermission>`;
const share = (permissions: string): string =>
  `<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="calendar"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:CalendarFolder><t:PermissionSet><t:CalendarPermissions>${permissions}</t:CalendarPermissions></t:PermissionSet></t:CalendarFolder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`;
const DEFAULT = '<t:DistinguishedUser>Default</t:DistinguishedUser>';
const subjectsIn = ({ body }: Reply): string[] => allOf(body, 'Subject').map(({ text }) => text);

/** Ben has something from 10 to 11 and, tentatively, from 12 to 13 o'clock in Berlin. */
async function bench() {
  const made = directoryBench();
  const tentative = '<t:LegacyFreeBusyStatus>Tentative</t:LegacyFreeBusyStatus>';
  const items = meeting('Plan', '09') + meeting('Lunch', '11', { after: tentative });
  expect(codesOf(await made.ask(create(items), { caller: BEN }))).toEqual(['NoError', 'NoError']);
  return made;
}

describe('GetUserAvailability', () => {
  it.each([
    ['MergedOnly', '0201', 0, false],
    ['FreeBusy', null, 2, true],
    ['FreeBusyMerged', '0201', 2, true],
  ])('gives %s', async (kind, merged, events, hasHours) => {
    const reply = await (await bench()).ask(ask(view(kind)));
    expect(codesOf(reply)).toEqual(['NoError']);
    expect([textIn(reply, 'FreeBusyViewType'), textIn(reply, 'MergedFreeBusy')]).toEqual([kind, merged]);
    expect(allOf(reply.body, 'CalendarEvent')).toHaveLength(events);
    expect(allOf(reply.body, 'WorkingHours').length > 0).toBe(hasHours);
  });

  it('tells times in the zone of the request', async () => {
    const reply = await (await bench()).ask(ask(view('FreeBusy')));
    expect(allOf(reply.body, 'CalendarEvent').map((event) => event.children.map(({ text }) => text))).toEqual([
      ['2026-11-23T10:00:00', '2026-11-23T10:59:59', 'Busy'],
      ['2026-11-23T12:00:00', '2026-11-23T12:59:59', 'Tentative'],
    ]);
  });

  it('takes the zone of the header when the request says none', async () => {
    const headers = '<t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext>';
    const reply = await (await bench()).ask(ask(view('FreeBusy'), { zone: '' }), { headers });
    expect(textIn(reply, 'StartTime')).toBe('2026-11-23T10:00:00');
    expect(textIn(reply, 'Bias')).toBe('-60');
  });

  it.each([
    ['nobody said anything', '', 'FreeBusyMerged', []],
    ['only times are shared', permission(DEFAULT, 'FreeBusyTimeOnly'), 'FreeBusyMerged', []],
    [
      'subjects are shared',
      permission(DEFAULT, 'FreeBusyTimeAndSubjectAndLocation'),
      'DetailedMerged',
      ['Plan', 'Lunch'],
    ],
    [
      'one person may read',
      permission(DEFAULT, 'None') + permission(`<t:PrimarySmtpAddress>${ADA}</t:PrimarySmtpAddress>`, 'Reviewer'),
      'DetailedMerged',
      ['Plan', 'Lunch'],
    ],
  ])('gives details by rights: %s', async (_what, permissions, kind, subjects) => {
    const made = await bench();
    if (permissions !== '') expect(codesOf(await made.ask(share(permissions), { caller: BEN }))).toEqual(['NoError']);
    const reply = await made.ask(ask(view('DetailedMerged')));
    expect([textIn(reply, 'FreeBusyViewType'), subjectsIn(reply)]).toEqual([kind, subjects]);
  });

  it('keeps a private subject to itself in any view', async () => {
    const made = await bench();
    await made.ask(create(meeting('Doctor', '10', { before: '<t:Sensitivity>Private</t:Sensitivity>' })), {
      caller: BEN,
    });
    await made.ask(share(permission(DEFAULT, 'Reviewer')), { caller: BEN });
    const reply = await made.ask(ask(view('Detailed')));
    expect(subjectsIn(reply)).toEqual(['Plan', 'Lunch']);
    expect(allOf(reply.body, 'IsPrivate').map(({ text }) => text)).toEqual(['false', 'true', 'false']);
  });

  it('answers for each mailbox, whatever became of the others', async () => {
    const made = await bench();
    await made.ask(share(permission(DEFAULT, 'None')));
    const reply = await made.ask(ask(view('FreeBusy'), { emails: ['x@example.com', BEN, ADA] }), { caller: BEN });
    expect(codesOf(reply)).toEqual(['ErrorMailRecipientNotFound', 'NoError', 'ErrorNoFreeBusyAccess']);
  });

  it('shows each occurrence of a series', async () => {
    const made = directoryBench();
    const daily =
      '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NoEndRecurrence><t:StartDate>2026-11-23</t:StartDate></t:NoEndRecurrence></t:Recurrence>';
    await made.ask(create(meeting('Daily', '10', { after: daily })), { caller: BEN });
    const window = span('2026-11-23T00:00:00', '2026-11-26T00:00:00');
    const reply = await made.ask(ask(view('FreeBusyMerged', { window, interval: 1440 })));
    expect([textIn(reply, 'MergedFreeBusy'), allOf(reply.body, 'CalendarEvent').length]).toEqual(['222', 3]);
  });

  it.each([
    ['ErrorTimeIntervalTooBig', view('FreeBusy', { window: span('2026-01-01T00:00:00', '2026-03-05T00:00:00') }), {}],
    ['ErrorInvalidTimeInterval', view('FreeBusy', { window: span('2026-01-02T00:00:00', '2026-01-01T00:00:00') }), {}],
    ['ErrorInvalidFreeBusyViewType', view('None'), {}],
    ['ErrorTimeZone', view('FreeBusy'), { zone: '' }],
    ['ErrorMailboxDataArrayEmpty', view('FreeBusy'), { emails: [] }],
    ['ErrorMailboxDataArrayTooBig', view('FreeBusy'), { emails: new Array<string>(101).fill(BEN) }],
    ['ErrorMissingArgument', '', {}],
  ])('is refused as a whole with %s', async (code, rest, options) => {
    const reply = await (await bench()).ask(ask(rest, options));
    expect([reply.status, codesOf(reply)]).toEqual([500, [code]]);
  });

  it('answers ErrorInvalidMergedFreeBusyInterval for intervals it cannot merge', async () => {
    const reply = await (await bench()).ask(ask(view('MergedOnly', { interval: 4 })));
    expect(codesOf(reply)).toEqual(['ErrorInvalidMergedFreeBusyInterval']);
  });
});

describe('suggestions', () => {
  const suggest = (window: string): string =>
    `<t:SuggestionsViewOptions><t:MaximumResultsByDay>3</t:MaximumResultsByDay><t:MeetingDurationInMinutes>60</t:MeetingDurationInMinutes><t:DetailedSuggestionsWindow>${window}</t:DetailedSuggestionsWindow></t:SuggestionsViewOptions>`;

  it('are times in working hours, those when everybody is free first', async () => {
    const window = span('2026-11-23T00:00:00', '2026-11-24T00:00:00');
    const reply = await (await bench()).ask(ask(suggest(window)));
    expect(allOf(reply.body, 'MeetingTime').map(({ text }) => text)).toEqual([
      '2026-11-23T08:00:00',
      '2026-11-23T08:30:00',
      '2026-11-23T09:00:00',
    ]);
    expect(textIn(reply, 'DayQuality')).toBe('Excellent');
  });

  it('know nothing of people whom nobody knows, and of no weekend', async () => {
    const window = span('2026-11-22T00:00:00', '2026-11-24T00:00:00');
    const reply = await (await bench()).ask(ask(suggest(window), { emails: [BEN, 'x@example.com'] }));
    expect(allOf(reply.body, 'DayQuality').map(({ text }) => text)).toEqual(['Poor', 'Poor']);
    expect(allOf(reply.body, 'UnknownAttendeeConflictData')).toHaveLength(3);
  });
});
