import type { Connection, Model } from 'mongoose';
import type { Invitation } from '../../model/person';
import { InvitationStore } from '../../ports/person-store';
import type { Tx } from '../../ports/unit-of-work';
import { date, defineModel, optionalText } from './define-model';
import { sessionOf } from './mongo-unit-of-work';

type InvitationDocument = Omit<Invitation, 'tokenHash'> & { _id: string };

export class MongoInvitationStore extends InvitationStore {
  private readonly invitations: Model<InvitationDocument>;

  constructor(connection: Connection) {
    super();
    this.invitations = defineModel<InvitationDocument>(connection, 'invitations', {
      accountId: optionalText,
      email: optionalText,
      expiresAt: date,
    });
  }

  async add({ tokenHash, ...rest }: Invitation, tx: Tx): Promise<void> {
    await this.invitations.insertMany([{ _id: tokenHash, ...rest }], { session: sessionOf(tx) });
  }

  async dropUnbound(tx: Tx): Promise<void> {
    await this.invitations.deleteMany({ accountId: null }, { session: sessionOf(tx) });
  }

  async consume(tokenHash: string, now: Date, tx: Tx): Promise<Invitation | null> {
    const filter = { _id: tokenHash, expiresAt: { $gt: now } };
    const found = await this.invitations.findOneAndDelete(filter, { session: sessionOf(tx) }).lean();
    return (
      found && { tokenHash: found._id, accountId: found.accountId, email: found.email, expiresAt: found.expiresAt }
    );
  }
}
