import { allOf, BEN, textIn, type Reply } from '../../http/testing/exchange-bench';

/** Requests on folders as texts, for specs. */
export const shape = (base: string, extra = ''): string =>
  `<m:FolderShape><t:BaseShape>${base}</t:BaseShape>${extra}</m:FolderShape>`;
export const distinguished = (name: string, owner = ''): string =>
  `<t:DistinguishedFolderId Id="${name}">${owner}</t:DistinguishedFolderId>`;
export const ofBen = `<t:Mailbox><t:EmailAddress>${BEN}</t:EmailAddress></t:Mailbox>`;
export const get = (id: string, base = 'Default', extra = ''): string =>
  `<m:GetFolder>${shape(base, extra)}<m:FolderIds>${id}</m:FolderIds></m:GetFolder>`;
export const create = (parent: string, folder: string): string =>
  `<m:CreateFolder><m:ParentFolderId>${parent}</m:ParentFolderId><m:Folders>${folder}</m:Folders></m:CreateFolder>`;
export const named = (name: string, kind = 'Folder'): string =>
  `<t:${kind}><t:DisplayName>${name}</t:DisplayName></t:${kind}>`;
export const find = (parent: string, traversal = 'Shallow', rest = '', view = ''): string =>
  `<m:FindFolder Traversal="${traversal}">${shape('AllProperties')}${view}${rest}<m:ParentFolderIds>${parent}</m:ParentFolderIds></m:FindFolder>`;
export const remove = (id: string, type = 'HardDelete'): string =>
  `<m:DeleteFolder DeleteType="${type}"><m:FolderIds>${id}</m:FolderIds></m:DeleteFolder>`;
export const carry = (operation: string, id: string, to: string): string =>
  `<m:${operation}><m:ToFolderId>${to}</m:ToFolderId><m:FolderIds>${id}</m:FolderIds></m:${operation}>`;
export const change = (id: string, update: string): string =>
  `<m:UpdateFolder><m:FolderChanges><t:FolderChange>${id}<t:Updates>${update}</t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`;
export const rename = (id: string, name: string): string =>
  change(id, `<t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/>${named(name)}</t:SetFolderField>`);
export const sync = (state = ''): string =>
  `<m:SyncFolderHierarchy>${shape('Default')}${state}</m:SyncFolderHierarchy>`;
export const stateOf = (reply: Reply): string => `<m:SyncState>${textIn(reply, 'SyncState') ?? ''}</m:SyncState>`;
export const namesOf = (reply: Reply): string[] => allOf(reply.body, 'DisplayName').map(({ text }) => text);
export const equals = (uri: string, value: string): string =>
  `<m:Restriction><t:IsEqualTo>${uri}<t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>`;
export const NOTE =
  '<t:ExtendedFieldURI PropertySetId="c11ff724-aa03-4555-9952-8fa248a11c3e" PropertyName="note" PropertyType="String"/>';
export const noted = (value: string): string =>
  `<t:ExtendedProperty>${NOTE}<t:Value>${value}</t:Value></t:ExtendedProperty>`;
