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
export type { Check, CheckOutcome, CheckResult, DiagnosisPort, FailureCode, SkipCode } from './diagnosis';
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
export type { Provider, ProviderDescription } from './provider';
export { asProviderError, ProviderError } from './provider-error';
export type { ProviderErrorDetails, ProviderErrorKind, RejectedBecause } from './provider-error';
export type {
  Clock,
  FindServers,
  NamedServer,
  ProviderHttp,
  ProviderHttpCredentials,
  ProviderHttpRequest,
  ProviderHttpResponse,
  ProviderHttpStream,
  ProviderHttpTrust,
  ProviderLog,
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
