import { allOf, codesOf, ExchangeBench, idIn, textIn, type Reply } from '../http/testing/exchange-bench';
import { create, get, message } from './testing/item-requests';

const FILE =
  '<t:FileAttachment><t:Name>a.txt</t:Name><t:ContentType>text/plain</t:ContentType><t:Content>aGVsbG8=</t:Content></t:FileAttachment>';
const ITEM =
  '<t:ItemAttachment><t:Name>inner</t:Name><t:Message><t:Subject>inner</t:Subject></t:Message></t:ItemAttachment>';
const attach = (id: string, attachments: string): string =>
  `<m:CreateAttachment>${id.replace('t:ItemId', 'm:ParentItemId')}<m:Attachments>${attachments}</m:Attachments></m:CreateAttachment>`;
const named = (operation: string, ids: string): string =>
  `<m:${operation}><m:AttachmentIds>${ids}</m:AttachmentIds></m:${operation}>`;
const attachmentIds = ({ body }: Reply): string =>
  allOf(body, 'AttachmentId')
    .map(({ attributes }) => `<t:AttachmentId Id="${attributes['Id'] ?? ''}"/>`)
    .join('');

describe('attachments', () => {
  it('are kept beside their item, which changes with them', async () => {
    const bench = new ExchangeBench().withMailboxes();
    const made = await bench.ask(create(message('a')));
    const attached = await bench.ask(attach(idIn(made), FILE + ITEM));
    expect(codesOf(attached)).toEqual(['NoError', 'NoError']);

    const item = await bench.ask(get(idIn(made)));
    expect([textIn(item, 'HasAttachments'), textIn(item, 'Name'), textIn(item, 'Content')]).toEqual([
      'true',
      'a.txt',
      null,
    ]);
    const { RootItemId, RootItemChangeKey } = allOf(attached.body, 'AttachmentId')[1]?.attributes ?? {};
    expect(allOf(item.body, 'ItemId')[0]?.attributes).toEqual({ Id: RootItemId, ChangeKey: RootItemChangeKey });

    const got = await bench.ask(named('GetAttachment', attachmentIds(attached)));
    expect([textIn(got, 'Content'), textIn(got, 'Size'), textIn(got, 'Subject')]).toEqual(['aGVsbG8=', '6', 'inner']);

    const deleted = await bench.ask(named('DeleteAttachment', attachmentIds(attached)));
    expect(codesOf(deleted)).toEqual(['NoError', 'NoError']);
    expect(textIn(await bench.ask(get(idIn(made))), 'HasAttachments')).toBe('false');
    expect(codesOf(await bench.ask(named('GetAttachment', attachmentIds(attached))))).toEqual([
      'ErrorInvalidAttachmentId',
      'ErrorInvalidAttachmentId',
    ]);
  });

  it('come with a new item, and go along with a copy of it', async () => {
    const bench = new ExchangeBench().withMailboxes();
    const made = await bench.ask(
      create(`<t:Message><t:Subject>a</t:Subject><t:Attachments>${FILE}</t:Attachments></t:Message>`),
    );
    const copied = await bench.ask(
      `<m:CopyItem><m:ToFolderId><t:DistinguishedFolderId Id="inbox"/></m:ToFolderId><m:ItemIds>${idIn(made)}</m:ItemIds></m:CopyItem>`,
    );
    const item = await bench.ask(get(idIn(copied)));
    expect(textIn(item, 'Name')).toBe('a.txt');
    expect(textIn(await bench.ask(named('GetAttachment', attachmentIds(item))), 'Content')).toBe('aGVsbG8=');
  });

  it('that are inline do not count', async () => {
    const bench = new ExchangeBench().withMailboxes();
    const made = await bench.ask(create(message('a')));
    await bench.ask(attach(idIn(made), FILE.replace('<t:Content>', '<t:IsInline>true</t:IsInline><t:Content>')));
    expect(textIn(await bench.ask(get(idIn(made))), 'HasAttachments')).toBe('false');
  });
});
