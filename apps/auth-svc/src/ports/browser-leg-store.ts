import type { LegState, LegTicket } from '../model/browser-leg';
import type { Tx } from './unit-of-work';

/** Tickets and states of browser legs. Both are found and removed in one step, so each works once. */
export abstract class BrowserLegStore {
  abstract addTicket(ticket: LegTicket, tx: Tx): Promise<void>;
  abstract consumeTicket(hash: string, provider: string, now: Date): Promise<LegTicket | null>;
  abstract addState(state: LegState): Promise<void>;
  /** Null as well when the cookie is another browser's: then nothing is consumed. */
  abstract consumeState(hash: string, cookieHash: string, provider: string, now: Date): Promise<LegState | null>;
  /** Ends all legs of a connection. */
  abstract dropOf(connectionId: string, tx: Tx): Promise<void>;
}
