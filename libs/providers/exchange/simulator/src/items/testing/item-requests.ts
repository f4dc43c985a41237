import { allOf, type Reply } from '../../http/testing/exchange-bench';

/** Requests on items as texts, for specs. */
export const folder = (name: string): string => `<t:DistinguishedFolderId Id="${name}"/>`;

export const create = (items: string, to = ''): string =>
  `<m:CreateItem MessageDisposition="SaveOnly" SendMeetingInvitations="SendToNone">${
    to === '' ? '' : `<m:SavedItemFolderId>${folder(to)}</m:SavedItemFolderId>`
  }<m:Items>${items}</m:Items></m:CreateItem>`;

export const shape = (base: string, rest = ''): string =>
  `<m:ItemShape><t:BaseShape>${base}</t:BaseShape>${rest}</m:ItemShape>`;

export const additional = (paths: string): string => `<t:AdditionalProperties>${paths}</t:AdditionalProperties>`;

export const get = (ids: string, base = 'AllProperties', rest = ''): string =>
  `<m:GetItem>${shape(base, rest)}<m:ItemIds>${ids}</m:ItemIds></m:GetItem>`;

export const update = (id: string, updates: string, resolution = 'AutoResolve'): string =>
  `<m:UpdateItem ConflictResolution="${resolution}" MessageDisposition="SaveOnly" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange>${id}<t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`;

export const field = (uri: string): string => `<t:FieldURI FieldURI="${uri}"/>`;

export const set = (path: string, item: string): string => `<t:SetItemField>${path}${item}</t:SetItemField>`;

export const remove = (ids: string, type = 'HardDelete'): string =>
  `<m:DeleteItem DeleteType="${type}" SendMeetingCancellations="SendToNone" AffectedTaskOccurrences="AllOccurrences"><m:ItemIds>${ids}</m:ItemIds></m:DeleteItem>`;

export const find = (parent: string, rest = '', { base = 'Default', view = '', traversal = 'Shallow' } = {}): string =>
  `<m:FindItem Traversal="${traversal}">${shape(base)}${view}${rest}<m:ParentFolderIds>${folder(parent)}</m:ParentFolderIds></m:FindItem>`;

export const message = (subject: string, rest = ''): string =>
  `<t:Message><t:Subject>${subject}</t:Subject>${rest}</t:Message>`;

export const contact = (fields: string): string => `<t:Contact>${fields}</t:Contact>`;

export const appointment = (subject: string, rest = ''): string =>
  `<t:CalendarItem><t:Subject>${subject}</t:Subject><t:Start>2026-11-23T09:00:00Z</t:Start><t:End>2026-11-23T10:00:00Z</t:End>${rest}</t:CalendarItem>`;

export const subjectsOf = ({ body }: Reply): string[] => allOf(body, 'Subject').map(({ text }) => text);
