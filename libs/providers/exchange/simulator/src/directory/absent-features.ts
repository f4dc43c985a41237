/**
 * Operations of what the simulated organisation does not have: voice mail, eDiscovery, instant messaging, apps and so on. Each is
 * answered in the words in which a server without it refuses, so that a client goes on without.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode.
 */
import type { Operations } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';

interface Absent {
  readonly code: string;
  readonly message: string;
  readonly operations: readonly string[];
}

const ABSENT: readonly Absent[] = [
  {
    code: 'ErrorUserNotUnifiedMessagingEnabled',
    message: 'The mailbox is not enabled for unified messaging.',
    operations: [
      ...['PlayOnPhone', 'GetPhoneCallInformation', 'DisconnectPhoneCall', 'DeleteUMPrompts', 'CreateUMPrompt'],
      ...['GetUMPromptNames', 'GetUMPrompt', 'CreateUMCallDataRecord', 'GetUMCallDataRecords', 'GetUMCallSummary'],
      ...['InitUMMailbox', 'ResetUMMailbox', 'ValidateUMPin', 'SaveUMPin', 'GetUMPin', 'GetClientIntent'],
      ...['GetUMSubscriberCallAnsweringData', 'StartFindInGALSpeechRecognition', 'CompleteFindInGALSpeechRecognition'],
    ],
  },
  {
    code: 'ErrorAccessDenied',
    message: 'The caller does not have the role that this operation needs.',
    operations: [
      ...['FindMailboxStatisticsByKeywords', 'GetSearchableMailboxes', 'SearchMailboxes'],
      ...['GetDiscoverySearchConfiguration', 'GetHoldOnMailboxes', 'SetHoldOnMailboxes'],
      ...['GetNonIndexableItemStatistics', 'GetNonIndexableItemDetails', 'UpdateItemInRecoverableItems'],
      ...['GetClientExtension', 'SetClientExtension', 'GetEncryptionConfiguration', 'SetEncryptionConfiguration'],
      ...['InstallApp', 'GetAppMarketplaceUrl', 'ExportItems', 'UploadItems', 'SetImListMigrationCompleted'],
      ...['PostModernGroupItem', 'UpdateMailboxAssociation', 'UpdateGroupMailbox'],
    ],
  },
  {
    code: 'ErrorExtensionNotFound',
    message: 'The app is not installed.',
    operations: ['UninstallApp', 'DisableApp'],
  },
  {
    code: 'ErrorInvalidOperation',
    message: 'The mailbox has no unified contact store.',
    operations: [
      ...['AddNewImContactToGroup', 'AddNewTelUriContactToGroup', 'AddImContactToGroup', 'RemoveImContactFromGroup'],
      ...['AddImGroup', 'AddDistributionGroupToImList', 'GetImItemList', 'GetImItems', 'RemoveContactFromImList'],
      ...['RemoveDistributionGroupFromImList', 'RemoveImGroup', 'SetImGroup'],
    ],
  },
  {
    code: 'ErrorInvalidOperation',
    message: 'The operation is not available for this mailbox.',
    operations: [
      ...['FindConversation', 'GetConversationItems', 'FindPeople', 'GetPersona', 'GetReminders'],
      ...['PerformReminderAction', 'MarkAsJunk', 'GetAppManifests', 'GetUserRetentionPolicyTags'],
    ],
  },
  {
    code: 'ErrorApplyConversationActionFailed',
    message: 'The conversation action could not be applied.',
    operations: ['ApplyConversationAction'],
  },
  {
    code: 'ErrorMessageTrackingPermanentError',
    message: 'Messages are not tracked.',
    operations: ['FindMessageTrackingReport', 'GetMessageTrackingReport'],
  },
  {
    code: 'ErrorNotAllowedExternalSharingByPolicy',
    message: 'The sharing policy does not allow external sharing.',
    operations: ['GetSharingMetadata'],
  },
  {
    code: 'ErrorSharingSynchronizationFailed',
    message: 'The folder is not a sharing folder.',
    operations: ['RefreshSharingFolder'],
  },
  {
    code: 'ErrorInvalidGetSharingFolderRequest',
    message: 'There is no such sharing folder.',
    operations: ['GetSharingFolder'],
  },
  {
    code: 'ErrorTeamMailboxNotFound',
    message: 'There is no such site mailbox.',
    operations: ['SetTeamMailbox', 'UnpinTeamMailbox'],
  },
  {
    code: 'ErrorManagedFolderNotFound',
    message: 'There is no such managed folder.',
    operations: ['CreateManagedFolder'],
  },
  {
    code: 'ErrorInvalidClientAccessTokenRequest',
    message: 'Client access tokens are not given out.',
    operations: ['GetClientAccessToken'],
  },
  { code: 'ErrorMailTipsDisabled', message: 'MailTips are disabled.', operations: ['GetMailTips'] },
  { code: 'ErrorItemNotFound', message: 'The user has no photo.', operations: ['GetUserPhoto'] },
  {
    code: 'ErrorInboxRulesValidationError',
    message: 'The mailbox takes no rules.',
    operations: ['UpdateInboxRules'],
  },
];

export const absentFeatures: Operations = Object.fromEntries(
  ABSENT.flatMap(({ code, message, operations }) =>
    operations.map((name) => [
      name,
      () => {
        throw new EwsRefusal(code, message);
      },
    ]),
  ),
);
