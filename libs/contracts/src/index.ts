export { blameSchema } from './problem/blame';
export type { Blame } from './problem/blame';
export { fieldFaultSchema, problemSchema, ProblemError, problem, fail } from './problem/problem';
export type { FieldFault, Problem, ProblemExtras } from './problem/problem';
export { problemCatalog } from './problem/problem-catalog';
export type { ProblemCode } from './problem/problem-catalog';
export { operation } from './common/operation';
export type { Operation, InputOf, ParsedInputOf, OutputOf } from './common/operation';
export { roleSchema, clientSchema, callerSchema, rawBodySchema } from './common/caller';
export type { Role, Client, Caller, RawBody } from './common/caller';
export { parseBody, parseQuery, toFieldFaults } from './common/parse-body';
export {
  serviceNameSchema,
  methodSchema,
  permissionSchema,
  permissionsSchema,
  partSchema,
  instantSchema,
  standingProblemSchema,
  freshnessSourceSchema,
  freshnessSchema,
  listOf,
  healthInput,
  healthSchema,
} from './common/shapes';
export type {
  ServiceName,
  ConnectionMethod,
  Permission,
  Permissions,
  Part,
  StandingProblem,
  Freshness,
  Health,
} from './common/shapes';
export {
  signInBodySchema,
  firstAdministratorBodySchema,
  licencesSchema,
  userSchema,
  accountSchema,
  meSchema,
  sessionGrantSchema,
  authSessionSignIn,
  authSessionFirstAdministrator,
  authSessionRefresh,
  authSessionSignOut,
  endedSessionSchema,
  authSessionRevocations,
  authKeyList,
  authMeGet,
  meBodySchema,
  authMeChange,
  accessClaimsSchema,
  ACCESS_TOKEN_ISSUER,
  ACCESS_TOKEN_SECONDS,
} from './auth/session';
export type { User, Me, SessionGrant, AccessClaims, EndedSession } from './auth/session';
export {
  fieldFaultCodeSchema,
  diagnosisCodeSchema,
  legCodeSchema,
  lossCodeSchema,
  reasonCodeSchema,
  receiptNoteCodeSchema,
  refusalCodeSchema,
  signInCodeSchema,
  standingCodeSchema,
} from './common/codes';
export { signInItemSchema, signInStepSchema } from './common/sign-in';
export type { SignInItem, SignInStep } from './common/sign-in';
export type {
  DiagnosisCode,
  FieldFaultCode,
  LegCode,
  LossCode,
  ReasonCode,
  ReceiptNoteCode,
  RefusalCode,
  SignInCode,
  StandingCode,
} from './common/codes';
export { measuredOwners, metricsSubject } from './common/metrics';
export { IDEMPOTENCY_KEY_FORM, idempotentInput, isIdempotencyKey } from './common/idempotency';
export {
  apiKeyScopeSchema,
  apiKeyBodySchema,
  apiKeySchema,
  createdApiKeySchema,
  authApiKeyVerify,
  authApiKeyList,
  authApiKeyCreate,
  authApiKeyDelete,
} from './auth/api-keys';
export type { ApiKeyScope, ApiKey } from './auth/api-keys';
export {
  partStateSchema,
  connectionStateSchema,
  progressSchema,
  connectionSchema,
  connectBodySchema,
  configureBodySchema,
  ewsSchema,
  ewsVersionSchema,
  reconnectBodySchema,
  connectedSchema,
  authConnectionList,
  authConnectionGet,
  authConnectionConnect,
  authConnectionConfigure,
  authConnectionReconnect,
  receiptSchema,
  authConnectionDelete,
  authReceiptGet,
  permissionChoiceSchema,
  formFieldSchema,
  serviceSchema,
  authServiceList,
} from './auth/connections';
export type { PartState, ConnectionState, Progress, Connection, Receipt, Service } from './auth/connections';
export {
  connectionRecordSchema,
  authConnectionRecord,
  authConnectionRecords,
  authPersonAddress,
  authConnectionReport,
  accessGrantSchema,
  authAccessGet,
  authAccessThrottle,
  authAccessRevoked,
  purgeCountsSchema,
  authReceiptReport,
  authHealthCheck,
} from './auth/internal';
export type { ConnectionRecord, AccessGrant } from './auth/internal';
export {
  policyBodySchema,
  policySchema,
  openPolicy,
  savePolicyBodySchema,
  adminPolicyGet,
  adminPolicyRead,
  adminPolicySave,
  adminHealthCheck,
} from './admin/policy';
export type { PolicyBody, Policy } from './admin/policy';
export { AUDIT_SUBJECT, auditRecordSchema } from './admin/audit';
export type { AuditRecord } from './admin/audit';
export {
  meetingTimeSchema,
  responseSchema,
  attendeeSchema,
  joinCandidateSchema,
  joinSchema,
  actionsSchema,
  meetingSchema,
  listMeetingsQuerySchema,
  calendarMeetingList,
  calendarMeetingChange,
  calendarMeetingDelete,
  calendarMeetingGet,
  changesQuerySchema,
  changesSchema,
  calendarMeetingChanges,
  calendarCursorGet,
  calendarSchema,
  changeCalendarBodySchema,
  calendarCalendarList,
  calendarCalendarChange,
  calendarConnectionSync,
  calendarConnectionRetire,
  calendarHookReceive,
  calendarHealthCheck,
  calendarMeetingSchedule,
  calendarMeetingWithdraw,
  changeMeetingBodySchema,
  changeMeetingQuerySchema,
  deleteMeetingQuerySchema,
  meetingChangedSchema,
  meetingFieldSchema,
  meetingWithdrawnSchema,
  scheduleMeetingBodySchema,
  scopeSchema,
} from './calendar/meetings';
export type {
  AttendeeInput,
  ChangeMeetingBody,
  MeetingChanged,
  MeetingField,
  ScheduleMeetingBody,
  Scope,
  TimeInput,
} from './calendar/meetings';
export type { MeetingTime, Meeting, Changes, Calendar } from './calendar/meetings';
export {
  calendarConnectionDiagnose,
  diagnosisCheckSchema,
  diagnosisItemSchema,
  diagnosisSchema,
} from './calendar/diagnosis';
export type { Diagnosis, DiagnosisCheck, DiagnosisItem } from './calendar/diagnosis';
export { calendarFreeBusyGet, freeBusyQuerySchema, freeBusySchema } from './calendar/free-busy';
export type { FreeBusy, FreeBusyItem, FreeBusyReason } from './calendar/free-busy';
export {
  answerReviewBodySchema,
  calendarRemovalsUndo,
  calendarReviewAnswer,
  calendarReviewGet,
  calendarReviewQuerySchema,
  calendarReviewSchema,
  reviewItemSchema,
  undoneRemovalsSchema,
  undoRemovalsBodySchema,
} from './calendar/review';
export type { CalendarReview, ReviewItem } from './calendar/review';
export { streams, eventSubjects, jobSubjects } from './events/streams';
export type { StreamDefinition, EventSubject } from './events/streams';
export {
  cloudEventOf,
  meetingEventDataSchema,
  connectionEventDataSchema,
  policyEventDataSchema,
} from './events/cloud-event';
export type { MeetingEventData, ConnectionEventData, PolicyEventData } from './events/cloud-event';
export { pushEventNameSchema, pushMessageSchema, pushSubjects, sessionsRevokedSchema } from './events/push';
export type { PushEventName, PushMessage } from './events/push';
