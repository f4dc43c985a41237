export type {
  AdminConsent,
  AuthPort,
  AuthResult,
  BrowserLegOptions,
  BrowserLegStore,
  PartPermissions,
  RemoteIdentity,
  TokenSet,
} from './auth-port';
export { askInParts, type AvailabilityLimits, withheld } from './ask-in-parts';
export type { Availability, AvailabilityPort, AvailabilityRequest, WithheldBecause } from './availability-port';
export type {
  CalendarPort,
  CalendarSession,
  ChangesRequest,
  ItemRequest,
  ProviderAccess,
  RemoteIdForm,
  TranslateRequest,
} from './calendar-port';
export type {
  CalendarWrites,
  CreateRequest,
  DraftField,
  MeetingDraft,
  RemoveRequest,
  UpdateRequest,
  WriteTarget,
} from './calendar-writes';
export { certificateNote, certificateState, expiryOfRefused, isExpiry, withLastDay } from './certificate-term';
export type { CertificateNote } from './certificate-term';
export { SubscriptionsInTheWay } from './change-notification-port';
export type {
  ChangeHint,
  ChangeNotificationPort,
  ChannelNews,
  HookAnswer,
  HookReading,
  HookRequest,
  SubscribeRequest,
  Subscription,
} from './change-notification-port';
export type { ChangeWatchPort, WatchNews, WatchOptions } from './change-watch-port';
export { diagnosisMarker, failed, isDiagnosisEvent, passed, skipped } from './diagnosis';
export type { Check, CheckOutcome, CheckResult, DiagnosisPort, FailureCode, NoteCode, SkipCode } from './diagnosis';
export { asText, asWebAddress, isRecord, listOf } from './foreign';
export type { ForeignRecord } from './foreign';
export type {
  FormSignIn,
  FormSignInOptions,
  FormSignInOutcome,
  ServerRules,
  SignInFailureCode,
  SignInForm,
  SignInSkipCode,
  SignInStep,
  SignInStepResult,
} from './form-sign-in';
export { errorFromFailure, errorFromForeignReply, retryAfterMs } from './http-errors';
export { PageTrail } from './page-trail';
export type { Provider, ProviderDescription } from './provider';
export { asProviderError, ProviderError } from './provider-error';
export type { ProviderErrorDetails, ProviderErrorKind, RejectedBecause } from './provider-error';
export type {
  Clock,
  FindServers,
  NamedServer,
  ProviderHttp,
  ProviderHttpCertificate,
  ProviderHttpCredentials,
  ProviderHttpRequest,
  ProviderHttpResponse,
  ProviderHttpStream,
  ProviderHttpTrust,
  ProviderLog,
  ProviderStreamEnds,
} from './provider-surroundings';
export type {
  Coverage,
  Cursor,
  DeltaPage,
  MeetingContent,
  MeetingMarker,
  RemoteCalendar,
  RemoteCancelledOccurrence,
  RemoteChange,
  RemoteException,
  RemoteMeeting,
  RemoteSeries,
  RemoteSingle,
  SyncWindow,
} from './remote-meeting';
export { reach } from './reach';
export { wentThrough } from './went-through';
