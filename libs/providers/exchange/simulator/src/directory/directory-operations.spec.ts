import { noJournal, type JournalLine } from '@daybook/simulator-kit';
import { ADA, allOf, BEN, codesOf, ExchangeBench, textIn } from '../http/testing/exchange-bench';
import { DirectoryBook } from './directory-book';
import { directoryBench } from './testing/directory-bench';

describe('GetServerTimeZones', () => {
  const ask = (ids: string, full?: boolean): string =>
    `<m:GetServerTimeZones${full === undefined ? '' : ` ReturnFullTimeZoneData="${full}"`}>${ids}</m:GetServerTimeZones>`;
  const ids = (...names: string[]): string => `<m:Ids>${names.map((id) => `<t:Id>${id}</t:Id>`).join('')}</m:Ids>`;

  it('tells the rules of the zones it is asked for and leaves out what it does not know', async () => {
    const reply = await directoryBench().ask(ask(ids('W. Europe Standard Time', 'Europe/Berlin'), true));
    expect(allOf(reply.body, 'TimeZoneDefinition').map(({ attributes }) => attributes['Id'])).toEqual([
      'W. Europe Standard Time',
    ]);
    expect(allOf(reply.body, 'Period')).not.toHaveLength(0);
  });

  it('tells only names when that is wanted, of all zones when none is named', async () => {
    const reply = await directoryBench().ask(ask('', false));
    expect(allOf(reply.body, 'TimeZoneDefinition').length).toBeGreaterThan(130);
    expect(allOf(reply.body, 'Period')).toHaveLength(0);
  });

  it('writes every zone in full as the schema wants it', async () => {
    expect(codesOf(await directoryBench().ask(ask('')))).toEqual(['NoError']);
  });
});

const mailbox = (email: string): string => `<t:Mailbox><t:Address>${email}</t:Address></t:Mailbox>`;
const getOof = (email = ADA): string => `<m:GetUserOofSettingsRequest>${mailbox(email)}</m:GetUserOofSettingsRequest>`;
const setOof = (state: string, duration = ''): string =>
  `<m:SetUserOofSettingsRequest>${mailbox(ADA)}<t:UserOofSettings><t:OofState>${state}</t:OofState><t:ExternalAudience>Known</t:ExternalAudience>${duration}<t:InternalReply xml:lang="en-US"><t:Message>Gone fishing</t:Message></t:InternalReply></t:UserOofSettings></m:SetUserOofSettingsRequest>`;
const duration = (from: string, to: string): string =>
  `<t:Duration><t:StartTime>${from}</t:StartTime><t:EndTime>${to}</t:EndTime></t:Duration>`;

describe('out-of-office settings', () => {
  it('are off until they are set', async () => {
    const reply = await directoryBench().ask(getOof());
    expect([codesOf(reply), textIn(reply, 'OofState')]).toEqual([['NoError'], 'Disabled']);
  });

  it('come back as they were set, after a restart as well', async () => {
    const book = new DirectoryBook(() => noJournal);
    const times = duration('2026-12-24T00:00:00+01:00', '2027-01-02T00:00:00+01:00');
    expect(codesOf(await directoryBench(book).ask(setOof('Scheduled', times)))).toEqual(['NoError']);
    const restarted = new DirectoryBook(() => noJournal);
    for (const line of book.lines()) expect(restarted.restore(JSON.parse(JSON.stringify(line)))).toBe(true);
    const reply = await directoryBench(restarted).ask(getOof());
    expect(['OofState', 'StartTime', 'Message'].map((name) => textIn(reply, name))).toEqual([
      'Scheduled',
      '2026-12-23T23:00:00Z',
      'Gone fishing',
    ]);
  });

  it.each([
    ['ErrorInvalidScheduledOofDuration', setOof('Scheduled'), ADA],
    [
      'ErrorInvalidScheduledOofDuration',
      setOof('Scheduled', duration('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')),
      ADA,
    ],
    ['ErrorAccessDenied', getOof(BEN), ADA],
    ['ErrorAccessDenied', setOof('Enabled'), BEN],
    ['ErrorNonExistentMailbox', getOof('x@example.com'), ADA],
  ])('answer %s', async (code, request, caller) => {
    expect(codesOf(await directoryBench().ask(request, { caller }))).toEqual([code]);
  });
});

describe('the book', () => {
  it('takes its own lines only, and forgets when told to', () => {
    const book = new DirectoryBook(() => noJournal);
    const line: JournalLine = ['ews-mailbox', 'a', {}];
    expect(book.restore(line)).toBe(false);
    book.setOof(ADA, []);
    expect(book.size).toBe(1);
    book.clear();
    expect([book.size, book.oofOf(ADA)]).toEqual([0, null]);
  });
});

describe('what there is nothing of', () => {
  const configuration = (folder: string): string =>
    `<m:GetUserConfiguration><m:UserConfigurationName Name="CategoryList"><t:DistinguishedFolderId Id="${folder}"/></m:UserConfigurationName><m:UserConfigurationProperties>Dictionary XmlData</m:UserConfigurationProperties></m:GetUserConfiguration>`;

  it.each([
    ['GetRoomLists', '<m:GetRoomLists/>', 'NoError'],
    [
      'GetRooms',
      '<m:GetRooms><m:RoomList><t:EmailAddress>r@example.com</t:EmailAddress></m:RoomList></m:GetRooms>',
      'NoError',
    ],
    ['GetInboxRules', '<m:GetInboxRules/>', 'NoError'],
    ['GetUserConfiguration', configuration('calendar'), 'ErrorItemNotFound'],
    [
      'FindPeople',
      '<m:FindPeople><m:IndexedPageItemView MaxEntriesReturned="1" Offset="0" BasePoint="Beginning"/></m:FindPeople>',
      'ErrorInvalidOperation',
    ],
    [
      'GetPersona',
      '<m:GetPersona><m:EmailAddress><t:EmailAddress>a@b.c</t:EmailAddress></m:EmailAddress></m:GetPersona>',
      'ErrorInvalidOperation',
    ],
    [
      'ArchiveItem',
      '<m:ArchiveItem><m:ArchiveSourceFolderId><t:DistinguishedFolderId Id="inbox"/></m:ArchiveSourceFolderId><m:ItemIds><t:ItemId Id="AAAA"/></m:ItemIds></m:ArchiveItem>',
      'ErrorArchiveMailboxNotEnabled',
    ],
  ])('%s says so', async (_name, request, code) => {
    expect(codesOf(await directoryBench().ask(request))).toEqual([code]);
  });

  it('tells which services are off', async () => {
    const names = ['MailTips UnifiedMessagingConfiguration', 'ProtectionRules', 'PolicyNudges'];
    const wanted = names.map((name) => `<m:ConfigurationName>${name}</m:ConfigurationName>`).join('');
    const reply = await directoryBench().ask(
      `<m:GetServiceConfiguration><m:RequestedConfiguration>${wanted}</m:RequestedConfiguration></m:GetServiceConfiguration>`,
    );
    expect(codesOf(reply)).toEqual(new Array(5).fill('NoError'));
    expect([textIn(reply, 'MailTipsEnabled'), textIn(reply, 'UmEnabled')]).toEqual(['false', 'false']);
  });
});

describe('CreateFolderPath', () => {
  const named = (name: string): string => `<t:Folder><t:DisplayName>${name}</t:DisplayName></t:Folder>`;
  const path = (...names: string[]): string =>
    `<m:CreateFolderPath><m:ParentFolderId><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderId><m:RelativeFolderPath>${names.map(named).join('')}</m:RelativeFolderPath></m:CreateFolderPath>`;
  const parentsOf = (bench: ExchangeBench): string[] =>
    bench.store
      .foldersOf(ADA)
      .filter(({ distinguished }) => distinguished === null)
      .map(({ displayName, parent }) => `${bench.store.folders.get(parent ?? '')?.displayName}/${displayName}`);

  it('makes what is missing below what is there', async () => {
    const bench = directoryBench();
    await bench.ask(path('Work', '2026'));
    const reply = await bench.ask(path('WORK', '2027'));
    expect(codesOf(reply)).toEqual(['NoError', 'NoError']);
    expect(parentsOf(bench)).toEqual(['Inbox/Work', 'Work/2026', 'Work/2027']);
  });

  it('stops at the first that cannot be made', async () => {
    const bench = directoryBench();
    const reply = await bench.ask(path('Work', ' ', '2026'));
    expect(codesOf(reply)).toEqual(['NoError', 'ErrorFolderSavePropertyError', 'ErrorBatchProcessingStopped']);
    const messages = allOf(reply.body, 'CreateFolderPathResponseMessage');
    expect(messages.map(({ attributes }) => attributes['ResponseClass'])).toEqual(['Success', 'Error', 'Warning']);
    expect(parentsOf(bench)).toEqual(['Inbox/Work']);
  });
});
