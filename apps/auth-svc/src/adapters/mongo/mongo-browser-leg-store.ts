import type { Connection, Model } from 'mongoose';
import type { LegState, LegTicket } from '../../model/browser-leg';
import { BrowserLegStore } from '../../ports/browser-leg-store';
import type { Tx } from '../../ports/unit-of-work';
import { date, defineModel, plain, text } from './define-model';
import { sessionOf } from './mongo-unit-of-work';

type TicketDocument = Omit<LegTicket, 'hash'> & { _id: string };
type StateDocument = Omit<LegState, 'hash'> & { _id: string };

const leg = { connectionId: text, accountId: text, userId: text, provider: text, purpose: text, wanted: plain };

/** Rows that nobody used end by themselves, by an expiry index. */
export class MongoBrowserLegStore extends BrowserLegStore {
  private readonly tickets: Model<TicketDocument>;
  private readonly states: Model<StateDocument>;

  constructor(connection: Connection) {
    super();
    this.tickets = defineModel<TicketDocument>(connection, 'leg_tickets', { ...leg, expiresAt: date });
    this.states = defineModel<StateDocument>(connection, 'leg_states', {
      ...leg,
      cookieHash: text,
      sealedVerifier: plain,
      expiresAt: date,
    });
  }

  async addTicket({ hash, ...rest }: LegTicket, tx: Tx): Promise<void> {
    await this.tickets.insertMany([{ _id: hash, ...rest }], { session: sessionOf(tx) });
  }

  async consumeTicket(hash: string, provider: string, now: Date): Promise<LegTicket | null> {
    const filter = { _id: hash, provider, expiresAt: { $gt: now } };
    const found = await this.tickets.findOneAndDelete(filter).lean();
    if (!found) return null;
    const { _id, ...rest } = found;
    return { hash: _id, ...rest };
  }

  async addState({ hash, ...rest }: LegState): Promise<void> {
    await this.states.insertMany([{ _id: hash, ...rest }]);
  }

  async consumeState(hash: string, cookieHash: string, provider: string, now: Date): Promise<LegState | null> {
    const filter = { _id: hash, cookieHash, provider, expiresAt: { $gt: now } };
    const found = await this.states.findOneAndDelete(filter).lean();
    if (!found) return null;
    const { _id, ...rest } = found;
    return { hash: _id, ...rest };
  }

  async dropOf(connectionId: string, tx: Tx): Promise<void> {
    const session = sessionOf(tx);
    await this.tickets.deleteMany({ connectionId }, { session });
    await this.states.deleteMany({ connectionId }, { session });
  }
}
