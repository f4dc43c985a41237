import type { ChangesRequest, DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import { at, draft, FakeHttp } from '@daybook/testing/fakes';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';
import { createExchangeCalendar } from './exchange-calendar';

const MAILBOX = { url: 'https://mail.example.com/EWS/Exchange.asmx', user: 'ada', domain: null, password: 'p' };
const ACCESS = writeAccess({ ...MAILBOX, version: 'Exchange2013_SP1' });
const ALL: ChangesRequest = { calendarRemoteId: 'cal', since: null, continueAt: null, window: { type: 'all' } };
const IN = { calendarRemoteId: 'cal', timeZone: 'Europe/Berlin', notify: false };
const KEY = '0a1b2c3d4e5f6g7h8i9jkv';
const MARKER = { deployment: 'dep', meetingId: 'mtg' };
const DRAFT = draft('Planning', at('2026-11-25T09:00'), at('2026-11-25T10:00'));

interface Message {
  readonly kind?: 'Success' | 'Warning' | 'Error';
  readonly code?: string;
  readonly content?: string;
}

const answer = (operation: string, ...messages: readonly Message[]) => {
  const told = messages.map(
    ({ kind = 'Success', code = 'NoError', content = '' }) =>
      `<m:${operation}ResponseMessage ResponseClass="${kind}"><m:ResponseCode>${code}</m:ResponseCode>${content}</m:${operation}ResponseMessage>`,
  );
  const body = `<m:${operation}Response><m:ResponseMessages>${told.join('')}</m:ResponseMessages></m:${operation}Response>`;
  return { body: `<s:Envelope><s:Body>${body}</s:Body></s:Envelope>` };
};
const refused = (code: string): Message => ({ kind: 'Error', code, content: '<m:Items/>' });
/** As Exchange answers for all parts behind one that ended the batch. */
const STOPPED: Message = { kind: 'Warning', code: 'ErrorBatchProcessingStopped', content: '<m:Items/>' };
const named = (id: string): string => `<t:ItemId Id="${id}" ChangeKey="ck1"/>`;
const item = (id: string, more = '<t:CalendarItemType>Single</t:CalendarItemType>'): Message => ({
  content:
    `<m:Items><t:CalendarItem>${named(id)}<t:UID>u</t:UID><t:Start>2026-11-23T09:00:00Z</t:Start>` +
    `<t:End>2026-11-23T10:00:00Z</t:End>${more}</t:CalendarItem></m:Items>`,
});
const synced = (...ids: readonly string[]) => {
  const shown = ids.map((id) => `<t:Create><t:CalendarItem>${named(id)}</t:CalendarItem></t:Create>`);
  const content = `<m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange><m:Changes>${shown.join('')}</m:Changes>`;
  return answer('SyncFolderItems', { content });
};
const NOTHING: Message = { content: '<m:RootFolder><t:Items/></m:RootFolder>' };

describe('what Exchange did not look at', () => {
  let http: FakeHttp;
  beforeEach(() => {
    http = new FakeHttp();
  });
  const open = () => createExchangeCalendar(createEwsClient({ http, clock: { now: () => 0 } })).open(ACCESS);
  const writes = () => {
    const port = open().writes;
    if (!port) throw new Error('nothing can be written');
    return port;
  };
  const asked = (): string[] => http.requests.map(({ body }) => /<m:(\w+)/.exec(String(body))?.[1] ?? '');
  async function changes(): Promise<DeltaPage<RemoteMeeting>['changes']> {
    const found: DeltaPage<RemoteMeeting>['changes'][number][] = [];
    for await (const page of open().changes(ALL)) found.push(...page.changes);
    return found;
  }

  it('is not gone: it is asked for again, behind what was refused', async () => {
    http.answer(synced('AAAA', 'BBBB', 'CCCC', 'DDDD'));
    http.answer(answer('GetItem', item('AAAA'), refused('ErrorAccessDenied'), STOPPED, STOPPED));
    http.answer(answer('GetItem', item('CCCC'), refused('ErrorItemNotFound')));
    expect(await changes()).toMatchObject([
      { type: 'upserted', item: { remoteId: 'AAAA' } },
      { type: 'unreadable', remoteId: 'BBBB', reason: 'PermissionMissing' },
      { type: 'upserted', item: { remoteId: 'CCCC' } },
      { type: 'removed', remoteId: 'DDDD' },
    ]);
    expect(String(http.lastRequest.body).match(/ItemId Id="\w+"/g)).toEqual(['ItemId Id="CCCC"', 'ItemId Id="DDDD"']);
  });

  it('is an outage where the store of the mailbox is away', async () => {
    http.answer(synced('AAAA', 'BBBB', 'CCCC'));
    http.answer(answer('GetItem', refused('ErrorMailboxStoreUnavailable'), STOPPED, STOPPED));
    await expect(changes()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(http.requests).toHaveLength(2);
  });

  it.each(['ErrorBatchProcessingStopped', 'ErrorMailboxStoreUnavailable', 'ErrorMailboxMoveInProgress'])(
    'is no empty calendar, with %s',
    async (code) => {
      const content = '<m:SyncState/><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>';
      http.answer(answer('SyncFolderItems', { kind: 'Warning', code, content }));
      await expect(changes()).rejects.toMatchObject({ kind: 'Unavailable' });
    },
  );

  it.each<Message>([STOPPED, {}])('is no calendar less: %j', async (told) => {
    const main = `<m:Folders><t:CalendarFolder><t:FolderId Id="main"/></t:CalendarFolder></m:Folders>`;
    http.answer(answer('GetFolder', { content: main })).answer(answer('FindFolder', told));
    await expect(open().calendars()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'Unavailable' });
  });

  it('is no removal where an answer says yes and holds nothing, but is one where it holds something else', async () => {
    http.answer(synced('AAAA', 'BBBB'));
    const message = { content: `<m:Items><t:Message>${named('BBBB')}</t:Message></m:Items>` };
    http.answer(answer('GetItem', { content: '<m:Items/>' }, message));
    expect(await changes()).toEqual([
      { type: 'unreadable', remoteId: 'AAAA', reason: 'Unreadable' },
      { type: 'removed', remoteId: 'BBBB' },
    ]);
  });

  it.each<[string, readonly Message[]]>([
    ['the calendar was not searched', [STOPPED, NOTHING, NOTHING]],
    ['a bin was not searched', [NOTHING, refused('ErrorMailboxStoreUnavailable'), STOPPED]],
    ['a bin cannot be searched', [NOTHING, refused('ErrorInternalServerError'), NOTHING]],
    ['parts of the answer are missing', [NOTHING, NOTHING]],
    ['the answer says nothing', [{}, NOTHING, NOTHING]],
  ])('is never made again: %s', async (_why, messages) => {
    http.answer(answer('FindItem', ...messages));
    const create = writes().create({ ...IN, key: KEY, draft: DRAFT, marker: MARKER });
    await expect(create).rejects.toMatchObject({ name: 'ProviderError' });
    expect(asked()).toEqual(['FindItem']);
  });

  it('keeps nobody from making something where a bin may not be looked into', async () => {
    http.answer(answer('FindItem', NOTHING, refused('ErrorAccessDenied'), STOPPED));
    http.answer(answer('CreateItem', item('AAAA'))).answer(answer('GetItem', item('AAAA')));
    await writes().create({ ...IN, key: KEY, draft: DRAFT, marker: MARKER });
    expect(asked()).toEqual(['FindItem', 'CreateItem', 'GetItem']);
  });

  describe('of the changed occurrences of a series', () => {
    const occurrence = (id: string, day: string): string =>
      `<t:Occurrence>${named(id)}<t:OriginalStart>2026-11-${day}T09:00:00Z</t:OriginalStart></t:Occurrence>`;
    const zone = '<t:StartTimeZone Id="UTC"/><t:EndTimeZone Id="UTC"/>';
    const series = item(
      'SSSS',
      `<t:CalendarItemType>RecurringMaster</t:CalendarItemType>${zone}<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>` +
        `<t:NumberedRecurrence><t:StartDate>2026-11-23</t:StartDate><t:NumberOfOccurrences>9</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>` +
        `<t:ModifiedOccurrences>${occurrence('AAAA', '24')}${occurrence('BBBB', '25')}</t:ModifiedOccurrences>`,
    );
    const later = draft('S', at('2026-11-23T10:00', 'UTC'), at('2026-11-23T11:00', 'UTC'), {
      lines: ['RRULE:FREQ=DAILY;COUNT=9'],
    });
    const target = { type: 'item', remoteId: 'SSSS' } as const;
    const move = () => writes().update({ ...IN, target, ifVersion: 'ck1', draft: later, fields: ['time'] });

    it.each<[string, readonly Message[], string]>([
      ['was not looked at', [refused('ErrorMailboxStoreUnavailable'), STOPPED], 'Unavailable'],
      [
        'is not found, though the series has it',
        [refused('ErrorItemNotFound'), refused('ErrorItemNotFound')],
        'Unreadable',
      ],
    ])('keeps its series where it is: %s', async (_why, messages, kind) => {
      http.answer(answer('GetItem', series)).answer(answer('GetItem', ...messages));
      await expect(move()).rejects.toMatchObject({ kind });
      expect(asked()).toEqual(['GetItem', 'GetItem']);
    });
  });
});

describe('what Exchange cannot digest', () => {
  let http: FakeHttp;
  beforeEach(() => {
    http = new FakeHttp();
  });
  const open = () => createExchangeCalendar(createEwsClient({ http, clock: { now: () => 0 } })).open(ACCESS);
  const failed = (operation: string) => answer(operation, refused('ErrorInternalServerError'));

  it('is a fault of one calendar, and of one item in it', async () => {
    http.answer(failed('SyncFolderItems'));
    await expect(open().changes(ALL)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'Unknown' });
    http.answer(synced('AAAA', 'BBBB'));
    http.answer(answer('GetItem', refused('ErrorInternalServerError'), item('BBBB')));
    const { value } = await open().changes(ALL)[Symbol.asyncIterator]().next();
    expect(value).toMatchObject({ changes: [{ type: 'unreadable', remoteId: 'AAAA' }, { type: 'upserted' }] });
  });

  it('is one write whose end nobody knows: what it made is found by its key', async () => {
    const { writes } = open();
    http.answer(answer('FindItem', NOTHING, NOTHING, NOTHING)).answer(failed('CreateItem'));
    const create = writes?.create({ ...IN, key: KEY, draft: DRAFT, marker: MARKER });
    await expect(create).rejects.toMatchObject({ kind: 'Unknown', retryAfterMs: null });
    const found = {
      content: `<m:RootFolder><t:Items><t:CalendarItem>${named('AAAA')}</t:CalendarItem></t:Items></m:RootFolder>`,
    };
    http.answer(answer('FindItem', found, NOTHING, NOTHING)).answer(answer('GetItem', item('AAAA')));
    expect(await writes?.made({ ...IN, key: KEY })).toMatchObject({ remoteId: 'AAAA' });
    http.answer(answer('GetItem', item('AAAA'))).answer(failed('UpdateItem'));
    const target = { type: 'item', remoteId: 'AAAA' } as const;
    const update = writes?.update({ ...IN, target, ifVersion: 'ck1', draft: DRAFT, fields: ['title'] });
    await expect(update).rejects.toMatchObject({ kind: 'Unknown' });
  });
});
