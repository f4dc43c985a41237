import { READ_ONLY_OF_CALENDAR } from '../calendar/item/read-only-fields';

/** Fields that the server makes: no client sets them (learn.microsoft.com, pages of the elements, "read-only"). */
const READ_ONLY = new Set([
  'ItemId',
  'ParentFolderId',
  'Size',
  'IsSubmitted',
  'IsDraft',
  'IsFromMe',
  'IsResend',
  'IsUnmodified',
  'InternetMessageHeaders',
  'DateTimeSent',
  'DateTimeCreated',
  'ResponseObjects',
  'DisplayCc',
  'DisplayTo',
  'HasAttachments',
  'EffectiveRights',
  'LastModifiedName',
  'LastModifiedTime',
  'IsAssociated',
  'WebClientReadFormQueryString',
  'WebClientEditFormQueryString',
  'ConversationId',
  'UniqueBody',
  'NormalizedBody',
  'TextBody',
  'Preview',
  'InstanceKey',
  'StoreEntryId',
  'EntityExtractionResult',
  'BlockStatus',
  'HasBlockedImages',
  'ConversationIndex',
  'ConversationTopic',
  'ReceivedBy',
  'ReceivedRepresenting',
  'CompleteName',
  'ContactSource',
  'HasPicture',
  'DirectoryId',
  'Alias',
  'PhoneticFullName',
  'PhoneticFirstName',
  'PhoneticLastName',
  'Notes',
  'Photo',
  'UserSMIMECertificate',
  'MSExchangeCertificate',
  'ManagerMailbox',
  'DirectReports',
  'ChangeCount',
  'DelegationState',
  'Delegator',
  'IsAssignmentEditable',
  'AssignedTime',
  'IsComplete',
  'IsTeamTask',
  'StatusDescription',
  ...READ_ONLY_OF_CALENDAR,
  'PostedTime',
]);

/** What may be given when an item is made, and never again. */
const ONCE = new Set(['UID', 'MimeContent', 'Attachments', 'DateTimeReceived', 'InternetMessageId']);

/** Texts and lists that `AppendToItemField` takes. */
const APPENDABLE = new Set([
  'Body',
  'ToRecipients',
  'CcRecipients',
  'BccRecipients',
  'ReplyTo',
  'RequiredAttendees',
  'OptionalAttendees',
  'Resources',
  'Members',
]);

export const isReadOnly = (name: string): boolean => READ_ONLY.has(name);
export const isFixed = (name: string): boolean => READ_ONLY.has(name) || ONCE.has(name);
export const isGivenOnce = (name: string): boolean => ONCE.has(name);
export const isAppendable = (name: string): boolean => APPENDABLE.has(name);
