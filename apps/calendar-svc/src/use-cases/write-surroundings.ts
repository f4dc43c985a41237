import type { Caller } from '@daybook/contracts';
import type { JoinFinding, JoinInput } from '@daybook/domain';
import type { Once } from '@daybook/platform/idempotency';
import type { Provider } from '@daybook/provider-port';
import type { MeetingHost } from '../ports/meeting-host';
import type { MeetingWriter } from '../ports/meeting-writer';
import type { ConnectionRecord } from '../ports/records';
import type { ListSurroundings } from './list-meetings';

/** What scheduling, changing and deleting need. `Tx` is the database's transaction, which only adapters look into. */
export interface WriteSurroundings<Tx = unknown> extends ListSurroundings {
  readonly writer: MeetingWriter<Tx>;
  readonly providerFor: (connection: ConnectionRecord) => Provider | null;
  readonly host: MeetingHost;
  /** The meeting brand of the deployment. */
  readonly brand: string;
  readonly detectJoin: (input: JoinInput) => JoinFinding;
  readonly once: Once<Tx>;
  /** The caller's own name and address. */
  readonly person: (caller: Caller) => Promise<{ readonly name: string; readonly email: string }>;
  /** A connection has something to write. */
  readonly wake: (connectionId: string) => void;
  readonly pause: (ms: number) => Promise<void>;
  /** How long a person waits for the provider, milliseconds. */
  readonly patienceMs: number;
}
