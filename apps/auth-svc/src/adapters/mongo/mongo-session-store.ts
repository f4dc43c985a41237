import { inTransaction, type ClientSession } from '@daybook/platform/mongo';
import type { Connection, Model } from 'mongoose';
import type { EndedSession, IssuedToken, Rotation, Session, SessionEnd } from '../../model/session';
import { SessionStore } from '../../ports/session-store';
import { date, defineModel, optionalDate, optionalText, text } from './define-model';

type SessionDocument = Omit<Session, 'id'> & { _id: string; endedAt: Date | null; endReason: SessionEnd | null };
interface TokenDocument {
  _id: string;
  sessionId: string;
  expiresAt: Date;
  usedAt: Date | null;
}

/** Rows end by themselves: both collections have an expiry index on `expiresAt`. */
export class MongoSessionStore extends SessionStore {
  private readonly sessions: Model<SessionDocument>;
  private readonly tokens: Model<TokenDocument>;

  constructor(private readonly connection: Connection) {
    super();
    this.sessions = defineModel<SessionDocument>(connection, 'sessions', {
      userId: text,
      accountId: text,
      clientKind: text,
      createdAt: date,
      expiresAt: date,
      endedAt: optionalDate,
      endReason: optionalText,
    });
    this.tokens = defineModel<TokenDocument>(connection, 'refresh_tokens', {
      sessionId: text,
      expiresAt: date,
      usedAt: optionalDate,
    });
  }

  create({ id, ...rest }: Session, first: IssuedToken): Promise<void> {
    return inTransaction(this.connection, async (session) => {
      await this.sessions.insertMany([{ _id: id, ...rest, endedAt: null, endReason: null }], { session });
      await this.issue(id, first, session);
    });
  }

  rotate(presentedHash: string, next: IssuedToken, now: Date): Promise<Rotation> {
    return inTransaction(this.connection, async (session) => {
      const filter = { _id: presentedHash, usedAt: null, expiresAt: { $gt: now } };
      const token = await this.tokens.findOneAndUpdate(filter, { $set: { usedAt: now } }, { session }).lean();
      if (!token) return this.explain(presentedHash, session);
      const owner = await this.sessions
        .findOneAndUpdate(
          { _id: token.sessionId, endedAt: null },
          { $set: { expiresAt: next.expiresAt } },
          { session, returnDocument: 'after' },
        )
        .lean();
      if (!owner) return { type: 'ended' };
      await this.issue(owner._id, next, session);
      return { type: 'rotated', session: toSession(owner) };
    });
  }

  async findByToken(tokenHash: string): Promise<Session | null> {
    const token = await this.tokens.findOne({ _id: tokenHash }).lean();
    return token ? this.find(token.sessionId) : null;
  }

  async find(id: string): Promise<Session | null> {
    const found = await this.sessions.findOne({ _id: id, endedAt: null }).lean();
    return found && toSession(found);
  }

  async end(sessionId: string, reason: SessionEnd, now: Date): Promise<boolean> {
    const change = { $set: { endedAt: now, endReason: reason } };
    const { modifiedCount } = await this.sessions.updateOne({ _id: sessionId, endedAt: null }, change);
    return modifiedCount === 1;
  }

  async endedAfter({ id, endedAt }: EndedSession, limit: number): Promise<EndedSession[]> {
    const later = { $or: [{ endedAt: { $gt: endedAt } }, { endedAt, _id: { $gt: id } }] };
    // The first condition says no more than the second; the index of ended sessions is found by it.
    const found = await this.sessions
      .find({ endedAt: { $gte: endedAt }, ...later })
      .sort({ endedAt: 1, _id: 1 })
      .limit(limit)
      .lean();
    return found.flatMap((session) => (session.endedAt ? [{ id: session._id, endedAt: session.endedAt }] : []));
  }

  private async explain(presentedHash: string, session: ClientSession): Promise<Rotation> {
    const token = await this.tokens.findOne({ _id: presentedHash }).session(session).lean();
    if (!token) return { type: 'unknown' };
    const owner = await this.sessions.findOne({ _id: token.sessionId, endedAt: null }).session(session).lean();
    if (!owner) return { type: 'ended' };
    return token.usedAt ? { type: 'used', session: toSession(owner) } : { type: 'unknown' };
  }

  private async issue(sessionId: string, token: IssuedToken, session: ClientSession): Promise<void> {
    const row = { _id: token.hash, sessionId, expiresAt: token.expiresAt };
    await this.tokens.insertMany([{ ...row, usedAt: null }], { session });
  }
}

function toSession(document: SessionDocument): Session {
  const { _id, userId, accountId, clientKind, createdAt, expiresAt } = document;
  return { id: _id, userId, accountId, clientKind, createdAt, expiresAt };
}
