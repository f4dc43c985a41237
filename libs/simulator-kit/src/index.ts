export { ChangeLog } from './change-log';
export { ShiftableClock, type SimulatorClock } from './clock';
export {
  emptyAnswer,
  jsonAnswer,
  pageAnswer,
  redirectAnswer,
  textAnswer,
  type Answer,
  type Incoming,
} from './exchange';
export { COMMON_FAULT_KINDS, DEFAULT_SLOWNESS, Faults, type FaultKind, type FaultOrder } from './faults';
export { isGiven } from './given';
export { escapeHtml, htmlPage } from './html';
export { FileJournal, noJournal, type Journal, type JournalLine } from './journal';
export { Ledger, type LedgerView, type MailEntry, type ServedEntry, type WriteEntry } from './ledger';
export { endServer, listen, portOf } from './listen';
export { clientCredentials, ShortLived, verifierMatches, withParameters, type CodeChallenge } from './oauth';
export { allowsRedirect, DEFAULT_CLIENTS, secretMatches, type OAuthClient } from './oauth-clients';
export { DEMO_PASSWORD, DEMO_PEOPLE, displayNameOf, isAddress } from './people';
export { folderOfTheRun, noRecorder, recordingsIn, type RecordedExchange, type Recorder } from './recorder';
export { SimulatorRefusal, type RefusalCode } from './refusal';
export { seedEntries, type SeedEntry, type SeedOrder } from './seed';
export { seedPeople, type SeedPerson } from './seed-people';
export { recorderOfTheRun, servedOnLoopback } from './served-for-tests';
export { SharedJournal, type JournalPart } from './shared-journal';
export { SigningKeys } from './signing-keys';
export { simulatorServer, type Certificate, type ServedSimulator } from './simulator-server';
export { Table } from './table';
export { isThisMachine } from './this-machine';
