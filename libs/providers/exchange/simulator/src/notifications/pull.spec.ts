import { ADA, allOf, BEN, codesOf, idIn, textIn, type Reply } from '../http/testing/exchange-bench';
import { appointment, create, message, remove, set, update, field } from '../items/testing/item-requests';
import { carry, create as createFolder, named, rename } from '../mailbox/testing/folder-requests';
import { getEvents, givenBy, INBOX, NotificationBench, subscribe, unsubscribe } from './testing/notification-bench';

const MINUTE = 60_000;
const move = (operation: string, id: string): string =>
  `<m:${operation}><m:ToFolderId><t:DistinguishedFolderId Id="drafts"/></m:ToFolderId><m:ItemIds>${id}</m:ItemIds></m:${operation}>`;
const SEND =
  '<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:Message><t:Subject>Hello</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>ada@example.com</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>';
const isEvent = ({ name }: { readonly name: string }): boolean => name.endsWith('Event');
const notified = ({ body }: Reply) => allOf(body, 'Notification')[0]?.children ?? [];
const eventsIn = (reply: Reply): string[] =>
  notified(reply)
    .filter(isEvent)
    .map(({ name }) => name);
const lastMark = (reply: Reply): string => allOf(reply.body, 'Watermark').at(-1)?.text ?? '';

async function subscribed(wish: Parameters<typeof subscribe>[0] = {}, bench = new NotificationBench()) {
  const given = givenBy(await bench.ask(subscribe(wish)));
  const events = async (watermark = given.watermark) => bench.ask(getEvents(given.id, watermark));
  return { bench, events, ...given };
}

describe('GetEvents', () => {
  it('tells by a status event that nothing happened', async () => {
    const { events, id, watermark } = await subscribed();
    const reply = await events();
    expect(notified(reply).map(({ name }) => name)).toEqual([
      'SubscriptionId',
      'PreviousWatermark',
      'MoreEvents',
      'StatusEvent',
    ]);
    expect([textIn(reply, 'SubscriptionId'), textIn(reply, 'PreviousWatermark'), textIn(reply, 'MoreEvents')]).toEqual([
      id,
      watermark,
      'false',
    ]);
  });

  it('goes on where the client says it stands, and says the same again when asked again', async () => {
    const { bench, events } = await subscribed({ types: ['Created'] });
    await bench.ask(create(message('One'), 'inbox'));
    const first = await events();
    expect(eventsIn(first)).toEqual(['CreatedEvent']);
    await bench.ask(create(message('Two'), 'inbox'));
    expect(eventsIn(await events())).toEqual(['CreatedEvent', 'CreatedEvent']);
    const second = await events(lastMark(first));
    expect(eventsIn(second)).toEqual(['CreatedEvent']);
    expect(textIn(second, 'PreviousWatermark')).toBe(lastMark(first));
    expect(eventsIn(await events(lastMark(second)))).toEqual(['StatusEvent']);
  });

  it('tells fifty events at once and that there are more', async () => {
    const { bench, events } = await subscribed({ types: ['Created'] });
    await bench.ask(create(new Array<string>(51).fill(message('Many')).join(''), 'inbox'));
    const first = await events();
    expect([eventsIn(first).length, textIn(first, 'MoreEvents')]).toEqual([50, 'true']);
    const second = await events(lastMark(first));
    expect([eventsIn(second).length, textIn(second, 'MoreEvents')]).toEqual([1, 'false']);
  });

  it('names item, folder and time of an event', async () => {
    const { bench, events } = await subscribed({ types: ['Created'] });
    const created = await bench.ask(create(message('One'), 'inbox'));
    const [event] = notified(await events()).filter(isEvent);
    expect(event?.children.map(({ name }) => name)).toEqual(['Watermark', 'TimeStamp', 'ItemId', 'ParentFolderId']);
    expect(event?.children[1]?.text).toBe('2026-11-22T08:00:00Z');
    expect(event?.children[2]?.attributes).toEqual(allOf(created.body, 'ItemId')[0]?.attributes);
  });

  it.each([
    ['MoveItem', 'MovedEvent'],
    ['CopyItem', 'CopiedEvent'],
  ])('tells of %s what it was before', async (operation, name) => {
    const { bench, events } = await subscribed();
    const old = idIn(await bench.ask(create(message('One'), 'inbox')));
    await bench.ask(move(operation, old));
    const event = notified(await events()).find((one) => one.name === name);
    expect(event?.children.map((child) => child.name)).toEqual([
      'Watermark',
      'TimeStamp',
      'ItemId',
      'ParentFolderId',
      'OldItemId',
      'OldParentFolderId',
    ]);
    const [now, before] = ['ItemId', 'OldItemId'].map(
      (child) => event?.children.find((one) => one.name === child)?.attributes['Id'] ?? '',
    );
    expect(old).toContain(before);
    expect(now).not.toBe(before);
  });

  it('tells of changes and deletions', async () => {
    const { bench, events } = await subscribed({
      types: ['Modified', 'Deleted'],
      folders: '<t:DistinguishedFolderId Id="contacts"/>',
    });
    const made = idIn(await bench.ask(create('<t:Contact><t:GivenName>Cy</t:GivenName></t:Contact>')));
    const contact = '<t:Contact><t:GivenName>Di</t:GivenName></t:Contact>';
    const changed = idIn(await bench.ask(update(made, set(field('contacts:GivenName'), contact))));
    await bench.ask(remove(changed));
    expect(eventsIn(await events())).toEqual(['ModifiedEvent', 'ModifiedEvent', 'DeletedEvent', 'ModifiedEvent']);
  });

  it('tells of new mail, and how much of it is unread', async () => {
    const { bench, events } = await subscribed({ folders: INBOX });
    await bench.ask(SEND, { caller: BEN });
    await bench.ask(SEND, { caller: BEN });
    const reply = await events();
    expect(eventsIn(reply)).toEqual([
      ...['CreatedEvent', 'ModifiedEvent', 'NewMailEvent', 'ModifiedEvent'],
      ...['CreatedEvent', 'ModifiedEvent', 'NewMailEvent', 'ModifiedEvent'],
    ]);
    expect(textIn(reply, 'UnreadCount')).toBe('2');
  });

  it('tells when somebody is busy at other times', async () => {
    const { bench, events } = await subscribed({ types: ['FreeBusyChanged'] });
    await bench.ask(create(message('No'), 'inbox'));
    await bench.ask(create(appointment('Yes')));
    expect(eventsIn(await events())).toEqual(['FreeBusyChangedEvent']);
  });

  it('keeps to the folders and kinds of the subscription', async () => {
    const { bench, events } = await subscribed({ folders: INBOX, types: ['Created', 'Moved'] });
    await bench.ask(create(message('Elsewhere'), 'drafts'));
    await bench.ask(create(message('Of Ben'), 'inbox'), { caller: BEN });
    await bench.ask(move('MoveItem', idIn(await bench.ask(create(message('Here'), 'inbox')))));
    expect(eventsIn(await events())).toEqual(['CreatedEvent', 'MovedEvent']);
  });

  it('tells of folders', async () => {
    const { bench, events } = await subscribed();
    const made = await bench.ask(createFolder(INBOX, named('Work')));
    const changed = await bench.ask(rename(idIn(made, 'FolderId'), 'Home'));
    await bench.ask(carry('MoveFolder', idIn(changed, 'FolderId'), '<t:DistinguishedFolderId Id="drafts"/>'));
    const reply = await events();
    expect(eventsIn(reply)).toEqual(['CreatedEvent', 'ModifiedEvent', 'MovedEvent']);
    expect(
      notified(reply)
        .at(-1)
        ?.children.map(({ name }) => name),
    ).toEqual(['Watermark', 'TimeStamp', 'FolderId', 'ParentFolderId', 'OldFolderId', 'OldParentFolderId']);
  });

  it('answers ErrorInvalidWatermark for marks that it did not give, and for those before what it remembers', async () => {
    const settings = { most: { subscriptions: 9, connections: 1, events: 10 } };
    const { bench, events, watermark } = await subscribed({}, new NotificationBench({ settings }));
    for (const mark of ['x', 'AAAA', watermark.toLowerCase(), `${watermark}${watermark}`]) {
      expect(codesOf(await events(mark))).toEqual(['ErrorInvalidWatermark']);
    }
    const other = givenBy(await bench.ask(subscribe(), { caller: BEN }));
    expect(codesOf(await events(other.watermark))).toEqual(['ErrorInvalidWatermark']);
    await bench.ask(create(new Array<string>(6).fill(message('Flood')).join(''), 'inbox'));
    expect(codesOf(await events(watermark))).toEqual(['ErrorInvalidWatermark']);
  });

  it('answers ErrorExpiredSubscription after the timeout, which each call begins anew', async () => {
    const { bench, events } = await subscribed();
    bench.now += 9 * MINUTE;
    expect(codesOf(await events())).toEqual(['NoError']);
    bench.now += 9 * MINUTE;
    expect(codesOf(await events())).toEqual(['NoError']);
    bench.now += 10 * MINUTE;
    expect(codesOf(await events())).toEqual(['ErrorExpiredSubscription']);
  });

  it.each([
    ['ErrorSubscriptionNotFound', 'nobody', ADA, 'Pull'],
    ['ErrorSubscriptionAccessDenied', '', BEN, 'Pull'],
    ['ErrorInvalidPullSubscriptionId', '', ADA, 'Streaming'],
  ] as const)('answers %s', async (code, other, caller, kind) => {
    const { bench, id } = await subscribed({ kind });
    expect(codesOf(await bench.ask(getEvents(other === '' ? id : other, 'x'), { caller }))).toEqual([code]);
  });
});

describe('Unsubscribe', () => {
  it('ends a subscription of the one who made it', async () => {
    const { bench, events, id } = await subscribed();
    expect(codesOf(await bench.ask(unsubscribe(id), { caller: BEN }))).toEqual(['ErrorSubscriptionAccessDenied']);
    expect(codesOf(await bench.ask(unsubscribe(id)))).toEqual(['NoError']);
    expect(codesOf(await events())).toEqual(['ErrorSubscriptionNotFound']);
    expect(codesOf(await bench.ask(unsubscribe(id)))).toEqual(['ErrorSubscriptionNotFound']);
  });
});

describe('Subscribe', () => {
  it('goes on from a watermark of an older subscription', async () => {
    const { bench, watermark } = await subscribed();
    await bench.ask(create(message('One'), 'inbox'));
    const rest = `<t:Watermark>${watermark}</t:Watermark><t:Timeout>1</t:Timeout>`;
    const again = givenBy(await bench.ask(subscribe({ types: ['Created'], rest })));
    expect(again.watermark).toBe(watermark);
    expect(eventsIn(await bench.ask(getEvents(again.id, again.watermark)))).toEqual(['CreatedEvent']);
  });

  it('gives streaming subscriptions no watermark', async () => {
    expect((await subscribed({ kind: 'Streaming' })).watermark).toBe('');
  });

  it.each([
    ['ErrorInvalidWatermark', subscribe({ rest: '<t:Watermark>x</t:Watermark><t:Timeout>1</t:Timeout>' })],
    [
      'ErrorInvalidSubscriptionRequest',
      subscribe({ folders: INBOX }).replace('Request>', 'Request SubscribeToAllFolders="true">'),
    ],
    ['ErrorInvalidSubscriptionRequest', subscribe().replace('"true"', '"false"')],
    [
      'ErrorAccessDenied',
      subscribe({
        folders: `<t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>${BEN}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`,
      }),
    ],
    ['ErrorFolderNotFound', subscribe({ folders: '<t:DistinguishedFolderId Id="voicemail"/>' })],
    ['ErrorSchemaValidation', subscribe({ types: [] })],
    ['ErrorSchemaValidation', subscribe({ rest: '<t:Timeout>1441</t:Timeout>' })],
  ])('answers %s', async (code, request) => {
    expect(codesOf(await new NotificationBench().ask(request))).toEqual([code]);
  });

  it('is refused for folders of others, whatever they share', async () => {
    const bench = new NotificationBench();
    const permissions =
      '<t:CalendarPermission><t:UserId><t:DistinguishedUser>Default</t:DistinguishedUser></t:UserId><t:CalendarPermissionLevel>Reviewer</t:CalendarPermissionLevel></t:CalendarPermission>';
    await bench.ask(
      `<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="calendar"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:CalendarFolder><t:PermissionSet><t:CalendarPermissions>${permissions}</t:CalendarPermissions></t:PermissionSet></t:CalendarFolder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`,
      { caller: BEN },
    );
    const folders = `<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>${BEN}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`;
    expect(codesOf(await bench.ask(subscribe({ folders })))).toEqual(['ErrorSubscriptionDelegateAccessNotSupported']);
  });

  it('is refused when somebody has too many, until others end', async () => {
    const bench = new NotificationBench({ settings: { most: { subscriptions: 2, connections: 1, events: 10 } } });
    const codes = async () => codesOf(await bench.ask(subscribe()));
    expect([await codes(), await codes(), await codes()]).toEqual([
      ['NoError'],
      ['NoError'],
      ['ErrorExceededSubscriptionCount'],
    ]);
    bench.now += 10 * MINUTE;
    expect(await codes()).toEqual(['NoError']);
  });
});
