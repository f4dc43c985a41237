import type { Keyring } from '@daybook/platform/crypto';
import { Once, sealedBy, type KeptAnswers } from '@daybook/platform/idempotency';
import type { Logger } from '@daybook/platform/logging';
import type { Catalog } from '@daybook/providers/catalog';
import type { Announcer, LivePush } from './ports/announcer';
import type { ApiKeyStore } from './ports/api-key-store';
import type { BrowserLegStore } from './ports/browser-leg-store';
import type { BrowserLegs } from './ports/browser-legs';
import type { Clock } from './ports/clock';
import type { ConnectionStore } from './ports/connection-store';
import type { CredentialVault } from './ports/credential-vault';
import type { Leases } from './ports/leases';
import type { InvitationStore, PersonStore } from './ports/person-store';
import type { PolicyCopies } from './ports/policy-copies';
import type { ReceiptStore } from './ports/receipt-store';
import type { SessionStore } from './ports/session-store';
import type { SignInAttempts } from './ports/sign-in-attempts';
import type { SigningKeyStore } from './ports/signing-key-store';
import type { SyncingServices } from './ports/syncing-services';
import type { Tx, UnitOfWork } from './ports/unit-of-work';
import { CheckRevoked } from './use-cases/access/check-revoked';
import { GetAccess } from './use-cases/access/get-access';
import { RefreshAccess } from './use-cases/access/refresh-access';
import { RetryAwaiting } from './use-cases/access/retry-awaiting';
import { ThrottleAccess } from './use-cases/access/throttle-access';
import { CreateApiKey } from './use-cases/api-keys/create-api-key';
import { DeleteApiKey } from './use-cases/api-keys/delete-api-key';
import { ListApiKeys } from './use-cases/api-keys/list-api-keys';
import { VerifyApiKey } from './use-cases/api-keys/verify-api-key';
import { AcceptGrant } from './use-cases/connections/accept-grant';
import { AdminConsents } from './use-cases/connections/admin-consents';
import { ApplyPolicy } from './use-cases/connections/apply-policy';
import { AwaitFirstReport } from './use-cases/connections/await-first-report';
import { ConfigureConnection } from './use-cases/connections/configure-connection';
import { Connect } from './use-cases/connections/connect';
import { ConnectByForm } from './use-cases/connections/connect-by-form';
import { ConnectionWriter } from './use-cases/connections/connection-writer';
import { ContinueDeletion } from './use-cases/connections/continue-deletion';
import { DeleteConnection } from './use-cases/connections/delete-connection';
import { FinishBrowserLeg } from './use-cases/connections/finish-browser-leg';
import { GiveBackGrant } from './use-cases/connections/give-back-grant';
import { GrantByForm } from './use-cases/connections/grant-by-form';
import { LegTickets } from './use-cases/connections/leg-tickets';
import { ListServices } from './use-cases/connections/list-services';
import { ReadConnections } from './use-cases/connections/read-connections';
import { ReadReceipt } from './use-cases/connections/read-receipt';
import { ReadRecords } from './use-cases/connections/read-records';
import { Reconnect } from './use-cases/connections/reconnect';
import { ReconnectByForm } from './use-cases/connections/reconnect-by-form';
import { RecordRefusal } from './use-cases/connections/record-refusal';
import { RemoveUnfinished } from './use-cases/connections/remove-unfinished';
import { ReportPart } from './use-cases/connections/report-part';
import { ReportPurge } from './use-cases/connections/report-purge';
import { SignInWithForm } from './use-cases/connections/sign-in-with-form';
import { StartBrowserLeg } from './use-cases/connections/start-browser-leg';
import { TakeGrant } from './use-cases/connections/take-grant';
import { AddPerson } from './use-cases/people/add-person';
import { ChangeMe } from './use-cases/people/change-me';
import { CreateDemoPeople } from './use-cases/people/create-demo-people';
import { InviteAdministrator } from './use-cases/people/invite-administrator';
import { AddressOfPerson } from './use-cases/people/address-of-person';
import { ReadMe } from './use-cases/people/read-me';
import { RedeemInvitation } from './use-cases/people/redeem-invitation';
import { AccessTokens } from './use-cases/sessions/access-tokens';
import { ListRevocations } from './use-cases/sessions/list-revocations';
import { OpenSession } from './use-cases/sessions/open-session';
import { RefreshSession } from './use-cases/sessions/refresh-session';
import { RefreshTokens } from './use-cases/sessions/refresh-tokens';
import { SignIn } from './use-cases/sessions/sign-in';
import { SignOut } from './use-cases/sessions/sign-out';

/** Everything the use cases need from outside, and a few plain facts of the deployment. */
export interface AuthPorts {
  readonly people: PersonStore;
  readonly invitations: InvitationStore;
  readonly sessions: SessionStore;
  readonly attempts: SignInAttempts;
  readonly signingKeys: SigningKeyStore;
  readonly apiKeys: ApiKeyStore;
  readonly keptAnswers: KeptAnswers<Tx>;
  readonly connections: ConnectionStore;
  readonly vault: CredentialVault;
  readonly legs: BrowserLegStore;
  readonly receipts: ReceiptStore;
  readonly work: UnitOfWork;
  readonly leases: Leases;
  readonly policies: PolicyCopies;
  readonly announcer: Announcer;
  readonly push: LivePush;
  readonly services: SyncingServices;
  readonly browserLegs: BrowserLegs;
  readonly catalog: Catalog;
  readonly keyring: Keyring;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly brand: string;
  readonly defaultTimeZone: string;
}

/** The one place where use cases are put together; the service and its tests both start from here. */
export class AuthUseCases {
  /** For writes that must not happen twice. */
  readonly once: Once<Tx>;
  readonly accessTokens: AccessTokens;
  readonly signIn: SignIn;
  readonly refreshSession: RefreshSession;
  readonly signOut: SignOut;
  readonly listRevocations: ListRevocations;
  readonly readMe: ReadMe;
  readonly addressOfPerson: AddressOfPerson;
  readonly changeMe: ChangeMe;
  readonly createDemoPeople: CreateDemoPeople;
  readonly inviteAdministrator: InviteAdministrator;
  readonly redeemInvitation: RedeemInvitation;
  readonly createApiKey: CreateApiKey;
  readonly listApiKeys: ListApiKeys;
  readonly deleteApiKey: DeleteApiKey;
  readonly verifyApiKey: VerifyApiKey;
  readonly listServices: ListServices;
  readonly adminConsents: AdminConsents;
  readonly readConnections: ReadConnections;
  readonly connect: Connect;
  readonly awaitFirstReport: AwaitFirstReport;
  readonly configureConnection: ConfigureConnection;
  readonly reconnect: Reconnect;
  readonly deleteConnection: DeleteConnection;
  readonly continueDeletion: ContinueDeletion;
  readonly reportPurge: ReportPurge;
  readonly readReceipt: ReadReceipt;
  readonly readRecords: ReadRecords;
  readonly reportPart: ReportPart;
  readonly removeUnfinished: RemoveUnfinished;
  readonly applyPolicy: ApplyPolicy;
  readonly startBrowserLeg: StartBrowserLeg;
  readonly finishBrowserLeg: FinishBrowserLeg;
  readonly getAccess: GetAccess;
  readonly retryAwaiting: RetryAwaiting;
  readonly throttleAccess: ThrottleAccess;
  readonly checkRevoked: CheckRevoked;

  constructor(ports: AuthPorts) {
    const { people, sessions, work, announcer, push, clock, keyring, apiKeys, policies, catalog, connections } = ports;
    const { legs, vault, leases, logger, receipts, publicUrl, invitations } = ports;
    this.once = new Once(ports.keptAnswers, sealedBy(keyring), clock);
    this.accessTokens = new AccessTokens(ports.signingKeys, keyring, clock);
    const refreshTokens = new RefreshTokens();
    const open = new OpenSession(sessions, this.accessTokens, refreshTokens, clock);
    this.signIn = new SignIn(people, ports.attempts, open, work, announcer, clock);
    this.refreshSession = new RefreshSession(sessions, people, open, refreshTokens, work, announcer, push, clock);
    this.signOut = new SignOut(sessions, push, clock);
    this.listRevocations = new ListRevocations(sessions, clock);

    const addPerson = new AddPerson(people, announcer, clock, ports.defaultTimeZone);
    this.readMe = new ReadMe(people, policies, ports.brand);
    this.addressOfPerson = new AddressOfPerson(people);
    this.changeMe = new ChangeMe(people, this.readMe);
    this.createDemoPeople = new CreateDemoPeople(people, addPerson, work);
    this.inviteAdministrator = new InviteAdministrator(people, invitations, addPerson, work, clock, publicUrl);
    this.redeemInvitation = new RedeemInvitation(people, invitations, addPerson, open, work, announcer, clock);

    this.createApiKey = new CreateApiKey(apiKeys, work, announcer, clock);
    this.listApiKeys = new ListApiKeys(apiKeys);
    this.deleteApiKey = new DeleteApiKey(apiKeys, work, announcer, push);
    this.verifyApiKey = new VerifyApiKey(apiKeys, clock);

    const writer = new ConnectionWriter(connections, legs, policies, work, announcer, push);
    const tickets = new LegTickets(legs, clock, publicUrl);
    this.listServices = new ListServices(catalog, policies);
    this.adminConsents = new AdminConsents(catalog, writer, keyring, publicUrl, logger, clock);
    this.readConnections = new ReadConnections(connections, policies, this.adminConsents, clock);
    const takeGrant = new TakeGrant(vault, legs, clock);
    const signInWithForm = new SignInWithForm(ports.attempts, push, logger, clock);
    const grantByForm = new GrantByForm(signInWithForm, policies, leases, logger);
    const connectByForm = new ConnectByForm(connections, writer, grantByForm, takeGrant, work, clock);
    const reconnectByForm = new ReconnectByForm(connections, vault, writer, grantByForm, takeGrant);
    this.connect = new Connect(catalog, connections, policies, writer, tickets, connectByForm, work, clock);
    this.awaitFirstReport = new AwaitFirstReport(connections);
    this.configureConnection = new ConfigureConnection(catalog, connections, policies, writer, tickets);
    this.reconnect = new Reconnect(catalog, connections, policies, writer, tickets, reconnectByForm, clock);
    this.deleteConnection = new DeleteConnection(catalog, connections, legs, receipts, writer, clock);
    this.continueDeletion = new ContinueDeletion(
      catalog,
      receipts,
      connections,
      vault,
      ports.services,
      writer,
      leases,
      work,
      logger,
      clock,
    );
    this.reportPurge = new ReportPurge(receipts, this.continueDeletion, work, clock);
    this.readReceipt = new ReadReceipt(receipts);
    this.readRecords = new ReadRecords(connections, people, policies);
    this.reportPart = new ReportPart(writer);
    this.removeUnfinished = new RemoveUnfinished(connections, writer, clock);
    this.applyPolicy = new ApplyPolicy(catalog, connections, vault, policies, writer);

    const recordRefusal = new RecordRefusal(writer, clock);
    const giveBack = new GiveBackGrant(catalog, connections, logger);
    const acceptGrant = new AcceptGrant(catalog, vault, writer, takeGrant, recordRefusal, giveBack);
    this.startBrowserLeg = new StartBrowserLeg(
      legs,
      connections,
      policies,
      ports.browserLegs,
      receipts,
      keyring,
      clock,
    );
    this.finishBrowserLeg = new FinishBrowserLeg(
      legs,
      ports.browserLegs,
      policies,
      leases,
      acceptGrant,
      recordRefusal,
      keyring,
      clock,
    );

    const refreshAccess = new RefreshAccess(catalog, vault, writer, leases, work, logger, clock);
    this.getAccess = new GetAccess(catalog, connections, receipts, policies, refreshAccess, clock);
    this.retryAwaiting = new RetryAwaiting(connections, policies, refreshAccess, writer, clock);
    this.throttleAccess = new ThrottleAccess(writer);
    this.checkRevoked = new CheckRevoked(connections, refreshAccess);
  }
}
