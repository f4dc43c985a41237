import type { Faults, Journal, Ledger, RecordedExchange, SimulatorClock } from '@daybook/simulator-kit';
import { EventWriter } from '../mailbox/event-writer';
import { MailboxDesk } from '../mailbox/mailbox-desk';
import { MailboxStore } from '../mailbox/mailbox-store';
import { GraphApi } from './graph-api';
import type { Identify } from './identify';
import { Notifier } from './notifier';
import { SealedTokens } from './sealed-tokens';
import { Subscriptions, type LifecycleEvent } from './subscriptions';

/** What the Graph side of the simulator needs of the rest. */
export interface GraphSurroundings {
  /** Shared with the rest: lines that {@link MailboxStore.restore} does not take are the others'. */
  journal: () => Journal;
  ledger: Ledger;
  clock: SimulatorClock;
  faults: Faults;
  identify: Identify;
  /** Where the simulator can be reached, for links to events. */
  origin: () => string;
  /** Told of each request to a client's address. */
  record: (exchange: RecordedExchange) => void;
}

const DELTA_TOKEN_LIFE = 30 * 86_400_000;

/** The mailboxes and Microsoft Graph in front of them, without sockets and without sign-in. */
export class GraphSide {
  readonly world: MailboxStore;
  readonly writer: EventWriter;
  readonly desk: MailboxDesk;
  private readonly notifier: Notifier;

  constructor(private readonly surroundings: GraphSurroundings) {
    const { journal, ledger, clock, origin, record } = surroundings;
    this.world = new MailboxStore(journal);
    this.writer = new EventWriter(this.world, ledger, clock);
    this.desk = new MailboxDesk(this.world, this.writer, clock, origin);
    this.notifier = new Notifier(record);
  }

  /**
   * Opens the API once the journal is read, so that restoring tells no subscriber of anything. `key` seals delta tokens and
   * must outlive a restart, as they do.
   */
  open(key: string, deltaTokenLife = DELTA_TOKEN_LIFE): OpenGraph {
    const { ledger, clock, faults, identify } = this.surroundings;
    const { world, writer, notifier } = this;
    const subscriptions = new Subscriptions(world, clock, notifier);
    const tokens = new SealedTokens(key);
    const setting = { world, writer, ledger, clock, faults, tokens, subscriptions, deltaTokenLife };
    return {
      api: new GraphApi(setting, identify),
      tellLifecycle: (email, event) => subscriptions.tellLifecycle(email, event),
    };
  }

  close(): void {
    this.notifier.close();
  }
}

export interface OpenGraph {
  api: GraphApi;
  /** Sends a lifecycle notification to the subscriptions of a mailbox; returns how many were told. */
  tellLifecycle(email: string, event: LifecycleEvent): number;
}
