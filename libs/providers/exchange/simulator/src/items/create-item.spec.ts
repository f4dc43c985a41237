import { ADA, allOf, BEN, codesOf, ExchangeBench, idIn, textIn } from '../http/testing/exchange-bench';
import { appointment, contact, create, find, get, message, remove, subjectsOf } from './testing/item-requests';

const start = () => new ExchangeBench().withMailboxes();
const to = (address: string): string =>
  `<t:ToRecipients><t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox></t:ToRecipients>`;
const sending = (request: string, disposition: string): string => request.replace('SaveOnly', disposition);

describe('a new item', () => {
  it.each([
    ['a message', message('a'), 'drafts'],
    ['an appointment', appointment('a'), 'calendar'],
    ['a contact', contact('<t:Subject>a</t:Subject>'), 'contacts'],
    ['a task', '<t:Task><t:Subject>a</t:Subject></t:Task>', 'tasks'],
  ])('lands where its kind belongs: %s', async (_what, item, home) => {
    const bench = start();
    await bench.ask(create(item));
    expect(subjectsOf(await bench.ask(find(home, '', { base: 'AllProperties' })))).toEqual(['a']);
  });

  it('carries what the server makes', async () => {
    const bench = start();
    const got = await bench.ask(get(idIn(await bench.ask(create(message('a', to(BEN)))))));
    expect(
      Object.fromEntries(
        ['ItemClass', 'IsDraft', 'DisplayTo', 'HasAttachments', 'LastModifiedName', 'Importance'].map((name) => [
          name,
          textIn(got, name),
        ]),
      ),
    ).toEqual({
      ItemClass: 'IPM.Note',
      IsDraft: 'true',
      DisplayTo: BEN,
      HasAttachments: 'false',
      LastModifiedName: 'Ada Byron',
      Importance: 'Normal',
    });
    expect(Number(textIn(got, 'Size'))).toBeGreaterThan(0);
  });

  it.each([
    ['', 'Byron, Ada King'],
    ['<t:FileAsMapping>FirstSpaceLast</t:FileAsMapping>', 'Ada King Byron'],
    ['<t:FileAsMapping>Company</t:FileAsMapping>', 'Engines'],
    ['<t:FileAs>Own</t:FileAs>', 'Own'],
  ])('that is a contact is filed by its names: %s', async (mapping, fileAs) => {
    const bench = start();
    const names = `${mapping}<t:GivenName>Ada</t:GivenName><t:MiddleName>King</t:MiddleName><t:CompanyName>Engines</t:CompanyName><t:Surname>Byron</t:Surname>`;
    const got = await bench.ask(get(idIn(await bench.ask(create(contact(names))))));
    expect([textIn(got, 'FileAs'), textIn(got, 'DisplayName'), textIn(got, 'FullName')]).toEqual([
      fileAs,
      'Ada King Byron',
      'Ada King Byron',
    ]);
  });

  it.each([
    ['<t:PercentComplete>100</t:PercentComplete>', ['Completed', '100', 'true']],
    ['<t:PercentComplete>50</t:PercentComplete>', ['InProgress', '50', 'false']],
    ['<t:Status>Completed</t:Status>', ['Completed', '100', 'true']],
    ['', ['NotStarted', '0', 'false']],
  ])('that is a task agrees with itself: %s', async (fields, expected) => {
    const bench = start();
    const got = await bench.ask(get(idIn(await bench.ask(create(`<t:Task>${fields}</t:Task>`)))));
    expect(['Status', 'PercentComplete', 'IsComplete'].map((name) => textIn(got, name))).toEqual(expected);
  });

  it.each([
    ['ErrorSendMeetingInvitationsRequired', create(appointment('a')).replace(/ SendMeetingInvitations="\w+"/, '')],
    ['ErrorMessageDispositionRequired', create(message('a')).replace(' MessageDisposition="SaveOnly"', '')],
    ['ErrorCannotCreateCalendarItemInNonCalendarFolder', create(appointment('a'), 'inbox')],
    ['ErrorCannotCreateContactInNonContactFolder', create(contact(''), 'calendar')],
    ['ErrorCannotCreateTaskInNonTaskFolder', create('<t:Task/>', 'inbox')],
    ['ErrorFolderNotFound', create(message('a'), 'archiveinbox')],
    ['ErrorInvalidPropertySet', create(appointment('a', '<t:IsMeeting>true</t:IsMeeting>'))],
    [
      'ErrorInvalidExtendedProperty',
      create(
        message(
          'a',
          '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x1" PropertyName="a" PropertyType="String"/><t:Value>x</t:Value></t:ExtendedProperty>',
        ),
      ),
    ],
    ['ErrorInvalidOperation', create('<t:AcceptItem/>')],
  ])('is refused with %s', async (code, request) => {
    expect(codesOf(await start().ask(request))).toEqual([code]);
  });
});

describe('a message that is sent', () => {
  it('reaches who has a mailbox, and its copy the sent items', async () => {
    const bench = start();
    const reply = await bench.ask(sending(create(message('hello', to(BEN))), 'SendAndSaveCopy'));
    expect(codesOf(reply)).toEqual(['NoError']);
    const inbox = await bench.ask(find('inbox', '', { base: 'AllProperties' }), { caller: BEN });
    expect([subjectsOf(inbox), textIn(inbox, 'IsRead'), textIn(inbox, 'IsDraft')]).toEqual([
      ['hello'],
      'false',
      'false',
    ]);
    expect(subjectsOf(await bench.ask(find('sentitems')))).toEqual(['hello']);
    expect(bench.mails).toEqual([{ from: ADA, to: BEN, subject: 'hello' }]);
  });

  it('leaves nothing behind when only sent', async () => {
    const bench = start();
    await bench.ask(sending(create(message('hello', to('x@elsewhere.example'))), 'SendOnly'));
    expect(subjectsOf(await bench.ask(find('sentitems')))).toEqual([]);
    expect(bench.mails).toHaveLength(1);
  });

  it('needs a recipient', async () => {
    expect(codesOf(await start().ask(sending(create(message('a')), 'SendOnly')))).toEqual(['ErrorInvalidRecipients']);
  });

  it('may be a draft', async () => {
    const bench = start();
    const id = idIn(await bench.ask(create(message('draft', to(BEN)))));
    const send = (ids: string): string =>
      `<m:SendItem SaveItemToFolder="true"><m:ItemIds>${ids}</m:ItemIds></m:SendItem>`;
    expect(codesOf(await bench.ask(send(id.replace(/ ChangeKey="[^"]*"/, ''))))).toEqual(['ErrorChangeKeyRequired']);
    expect(codesOf(await bench.ask(send(id)))).toEqual(['NoError']);
    expect(subjectsOf(await bench.ask(find('drafts')))).toEqual([]);
    expect(subjectsOf(await bench.ask(find('sentitems')))).toEqual(['draft']);
    expect(codesOf(await bench.ask(send(id)))).toEqual(['ErrorItemNotFound']);
  });

  it('may answer another one', async () => {
    const bench = start();
    await bench.ask(sending(create(message('hello', to(BEN))), 'SendOnly'));
    const received = idIn(await bench.ask(find('inbox'), { caller: BEN })).replace('t:ItemId', 't:ReferenceItemId');
    const reply = `<t:ReplyToItem>${received}<t:NewBodyContent BodyType="Text">yes</t:NewBodyContent></t:ReplyToItem>`;
    await bench.ask(sending(create(reply), 'SendAndSaveCopy'), { caller: BEN });
    expect(subjectsOf(await bench.ask(find('inbox')))).toEqual(['RE: hello']);
  });
});

describe('deleting', () => {
  it.each([
    ['HardDelete', 'deleteditems', []],
    ['MoveToDeletedItems', 'deleteditems', ['a']],
    ['SoftDelete', 'recoverableitemsdeletions', ['a']],
  ])('by %s leaves in %s: %j', async (type, bin, left) => {
    const bench = start();
    const id = idIn(await bench.ask(create(message('a'))));
    expect(codesOf(await bench.ask(remove(id, type)))).toEqual(['NoError']);
    expect(subjectsOf(await bench.ask(find('drafts')))).toEqual([]);
    expect(subjectsOf(await bench.ask(find(bin)))).toEqual(left);
    expect(codesOf(await bench.ask(get(id)))).toEqual(['ErrorItemNotFound']);
  });

  it.each([
    ['ErrorSendMeetingCancellationsRequired', appointment('a'), / SendMeetingCancellations="\w+"/],
    [
      'ErrorAffectedTaskOccurrencesRequired',
      '<t:Task><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NoEndRecurrence><t:StartDate>2026-11-23</t:StartDate></t:NoEndRecurrence></t:Recurrence></t:Task>',
      / AffectedTaskOccurrences="\w+"/,
    ],
  ])('is refused with %s', async (code, item, without) => {
    const bench = start();
    const id = idIn(await bench.ask(create(item)));
    expect(codesOf(await bench.ask(remove(id).replace(without, '')))).toEqual([code]);
    expect(codesOf(await bench.ask(remove(id)))).toEqual(['NoError']);
  });
});

describe('moving and copying', () => {
  const carry = (operation: string, id: string): string =>
    `<m:${operation}><m:ToFolderId><t:DistinguishedFolderId Id="inbox"/></m:ToFolderId><m:ItemIds>${id}</m:ItemIds></m:${operation}>`;

  it.each([
    ['MoveItem', []],
    ['CopyItem', ['a']],
  ])('%s gives a new id, and leaves %j', async (operation, left) => {
    const bench = start();
    const id = idIn(await bench.ask(create(message('a'))));
    const reply = await bench.ask(carry(operation, id));
    expect(codesOf(reply)).toEqual(['NoError']);
    expect(allOf(reply.body, 'ItemId')[0]?.attributes['Id']).not.toBe(/Id="([^"]*)"/.exec(id)?.[1]);
    expect(subjectsOf(await bench.ask(find('drafts')))).toEqual(left);
    expect(subjectsOf(await bench.ask(find('inbox')))).toEqual(['a']);
  });
});

describe('ids', () => {
  it.each([
    ['ErrorInvalidIdMalformed', '<t:ItemId Id="!"/>'],
    ['ErrorInvalidIdEmpty', '<t:ItemId Id=""/>'],
    ['ErrorItemNotFound', '<t:ItemId Id="AAMkADQ2ZGI3AAAAAAAAAAAAAAAAAAAAAAAABGAAAAAAAA=="/>'],
    ['ErrorCannotUseFolderIdForItemId', '<t:ItemId Id="AAMkADQ2ZGI3AAAAAAAAAAAAAAAAAAAAAAAAAuAAAAAAAA=="/>'],
    [
      'ErrorItemNotFound',
      '<t:OccurrenceItemId RecurringMasterId="AAMkADQ2ZGI3AAAAAAAAAAAAAAAAAAAAAAAABGAAAAAAAA==" InstanceIndex="1"/>',
    ],
  ])('are refused with %s: %s', async (code, id) => {
    expect(codesOf(await start().ask(get(id)))).toEqual([code]);
  });

  it('of others are closed', async () => {
    const bench = start();
    const id = idIn(await bench.ask(create(message('a'))));
    expect(codesOf(await bench.ask(get(id), { caller: BEN }))).toEqual(['ErrorAccessDenied']);
  });

  it('end a batch where they are closed: what is behind them is not looked at', async () => {
    const bench = start();
    const [own, other] = [
      idIn(await bench.ask(create(message('a')))),
      idIn(await bench.ask(create(message('b')), { caller: BEN })),
    ];
    const reply = await bench.ask(get([own, other, own, own].join('')));
    const stopped = 'ErrorBatchProcessingStopped';
    expect(codesOf(reply)).toEqual(['NoError', 'ErrorAccessDenied', stopped, stopped]);
    const classes = allOf(reply.body, 'GetItemResponseMessage').map(({ attributes }) => attributes['ResponseClass']);
    expect(classes).toEqual(['Success', 'Error', 'Warning', 'Warning']);
    expect(allOf(reply.body, 'Items').map(({ children }) => children.length)).toEqual([1, 0, 0, 0]);
  });

  it('are told apart by case', async () => {
    const bench = start();
    const ids = [await bench.ask(create(message('a'))), await bench.ask(create(message('b')))].map((reply) =>
      idIn(reply),
    );
    const [one, other] = ids.map((id) => /Id="([^"]*)"/.exec(id)?.[1] ?? '');
    expect(one?.toLowerCase()).toBe(other?.toLowerCase());
    expect(subjectsOf(await bench.ask(get(ids.join(''))))).toEqual(['a', 'b']);
  });
});
