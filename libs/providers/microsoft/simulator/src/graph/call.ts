import type { Answer, Faults, Incoming, Ledger, SimulatorClock } from '@daybook/simulator-kit';
import type { CalendarStore } from '../mailbox/calendar-store';
import type { EventWriter, WriteContext } from '../mailbox/event-writer';
import type { CalendarEntry, Mailbox } from '../mailbox/mailbox';
import type { MailboxStore } from '../mailbox/mailbox-store';
import type { Item } from '../mailbox/occurrences';
import type { Principal } from '../principal';
import type { Need } from './access';
import type { Manner } from './event-view';
import type { Preferences } from './prefer';
import type { OptionName, QueryOptions } from './query-options';
import type { SealedTokens } from './sealed-tokens';
import type { Subscriptions } from './subscriptions';

/** What the methods of Graph work with. */
export interface GraphSetting {
  world: MailboxStore;
  writer: EventWriter;
  ledger: Ledger;
  clock: SimulatorClock;
  faults: Faults;
  tokens: SealedTokens;
  subscriptions: Subscriptions;
  /** How long delta tokens stay good, in milliseconds. */
  deltaTokenLife: number;
}

/** A calendar that a path names, with what the caller may do there. */
export interface Place {
  store: CalendarStore;
  /** Its entry in the list of the mailbox of the path. */
  entry: CalendarEntry;
  canWrite: boolean;
  manner: Manner;
}

/** One call, checked: who asks, of whose mailbox, with which query and body. */
export interface Call {
  setting: GraphSetting;
  principal: Principal;
  version: 'v1.0' | 'beta';
  /** The mailbox of the path; the caller's own, or one in the same tenant. */
  box: Mailbox;
  /** What the method needs. */
  need: Need;
  /** Segments before the method's own: `calendars/{id}`; null for the mailbox as a whole. */
  container: string | null;
  /** Variables of the method's path, unescaped, in their order. */
  parts: readonly string[];
  options: QueryOptions;
  preferences: Preferences;
  body: unknown;
  incoming: Incoming;
  /** The calendar of the path, the default one for a mailbox. @throws GraphError 404, 403 */
  place(): Place;
  /** An event of it; of any own calendar when the path names none. @throws GraphError 400, 404, 403 */
  item(id: string): { place: Place; item: Item };
  writing(operation: string): WriteContext;
}

/** One method: its path below a mailbox or a calendar (`*` stands for a variable), what it takes and what it does. */
export interface Method {
  verb: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  /** `calendar`: below a calendar, or below a mailbox for its default calendar. */
  on: 'mailbox' | 'calendar';
  need: Need;
  options: readonly OptionName[];
  /** True when the method takes a JSON body. */
  body?: boolean;
  /** True when it changes something (faults of writes strike it). */
  writes?: boolean;
  run(call: Call): Answer | Promise<Answer>;
}
