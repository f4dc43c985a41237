import { ADA, allOf, BEN, codesOf, idIn, textIn } from '../../http/testing/exchange-bench';
import { appointment, create as createItem, get as getItem } from '../../items/testing/item-requests';
import { directoryBench } from '../testing/directory-bench';

const owner = (email = ADA): string => `<m:Mailbox><t:EmailAddress>${email}</t:EmailAddress></m:Mailbox>`;
const userId = (email = BEN): string => `<t:UserId><t:PrimarySmtpAddress>${email}</t:PrimarySmtpAddress></t:UserId>`;
const delegate = (level: string, { email = BEN, rest = '' } = {}): string =>
  `<t:DelegateUser>${userId(email)}<t:DelegatePermissions><t:CalendarFolderPermissionLevel>${level}</t:CalendarFolderPermissionLevel></t:DelegatePermissions>${rest}</t:DelegateUser>`;
const put = (name: string, users: string, rest = ''): string =>
  `<m:${name}>${owner()}<m:DelegateUsers>${users}</m:DelegateUsers>${rest}</m:${name}>`;
const get = (email = ADA): string => `<m:GetDelegate IncludePermissions="true">${owner(email)}</m:GetDelegate>`;
const remove = `<m:RemoveDelegate>${owner()}<m:UserIds>${userId()}</m:UserIds></m:RemoveDelegate>`;
const BENS_CALENDAR_OF_ADA = `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>${ADA}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:FolderIds></m:GetFolder>`;

describe('delegates', () => {
  it('are nobody at first', async () => {
    const reply = await directoryBench().ask(get());
    expect([codesOf(reply), allOf(reply.body, 'DelegateUser')]).toEqual([['NoError'], []]);
  });

  it('may do with folders what they are given, as long as they are delegates', async () => {
    const bench = directoryBench();
    const opened = async () => codesOf(await bench.ask(BENS_CALENDAR_OF_ADA, { caller: BEN }));
    expect(await opened()).toEqual(['ErrorAccessDenied']);
    expect(codesOf(await bench.ask(put('AddDelegate', delegate('Reviewer'))))).toEqual(['NoError', 'NoError']);
    expect(await opened()).toEqual(['NoError']);
    expect(codesOf(await bench.ask(remove))).toEqual(['NoError', 'NoError']);
    expect(await opened()).toEqual(['ErrorAccessDenied']);
  });

  it('are told with their levels and flags; an update changes what it names', async () => {
    const bench = directoryBench();
    const rest = '<t:ViewPrivateItems>true</t:ViewPrivateItems>';
    await bench.ask(
      put(
        'AddDelegate',
        delegate('Editor', { rest }),
        '<m:DeliverMeetingRequests>NoForward</m:DeliverMeetingRequests>',
      ),
    );
    await bench.ask(put('UpdateDelegate', delegate('Author')));
    const reply = await bench.ask(get());
    const names = [
      'CalendarFolderPermissionLevel',
      'InboxFolderPermissionLevel',
      'ViewPrivateItems',
      'DeliverMeetingRequests',
    ];
    expect(names.map((name) => textIn(reply, name))).toEqual(['Author', 'None', 'true', 'NoForward']);
  });

  it('see what is private only as long as they may', async () => {
    const bench = directoryBench();
    const sensitive = appointment('Surgeon').replace(
      '</t:Subject>',
      '</t:Subject><t:Sensitivity>Private</t:Sensitivity>',
    );
    const item = getItem(idIn(await bench.ask(createItem(sensitive, 'calendar'))));
    const seen = async () => {
      const reply = await bench.ask(item, { caller: BEN });
      return ['Subject', 'ViewPrivateItems'].map((name) => textIn(reply, name));
    };
    await bench.ask(put('AddDelegate', delegate('Reviewer')));
    expect(await seen()).toEqual(['Private Appointment', 'false']);
    const rest = (may: boolean): string => `<t:ViewPrivateItems>${may}</t:ViewPrivateItems>`;
    await bench.ask(put('UpdateDelegate', delegate('Reviewer', { rest: rest(true) })));
    expect(await seen()).toEqual(['Surgeon', 'true']);
    await bench.ask(put('UpdateDelegate', delegate('Reviewer', { rest: rest(false) })));
    expect(await seen()).toEqual(['Private Appointment', 'false']);
    await bench.ask(put('UpdateDelegate', delegate('Reviewer', { rest: rest(true) })));
    await bench.ask(remove);
    expect(bench.store.mailboxes.get(ADA)?.privateFor).toEqual([]);
  });

  it.each([
    ['ErrorDelegateAlreadyExists', put('AddDelegate', delegate('Editor') + delegate('Editor'))],
    ['ErrorDelegateCannotAddOwner', put('AddDelegate', delegate('Editor', { email: ADA }))],
    ['ErrorDelegateNoUser', put('AddDelegate', delegate('Editor', { email: 'x@example.com' }))],
    ['ErrorInvalidDelegatePermission', put('AddDelegate', delegate('Custom'))],
    ['ErrorNotDelegate', put('UpdateDelegate', delegate('Editor'))],
    ['ErrorNotDelegate', remove],
  ])('%s concerns one of them only', async (code, request) => {
    const codes = codesOf(await directoryBench().ask(request));
    expect([codes[0], codes.at(-1)]).toEqual(['NoError', code]);
  });

  it.each([
    ['ErrorAccessDenied', BEN],
    ['ErrorNonExistentMailbox', 'x@example.com'],
  ])('%s answers who asks for those of %s', async (code, email) => {
    expect(codesOf(await directoryBench().ask(get(email)))).toEqual([code]);
  });
});
