import { isDuplicateKey } from '@daybook/platform/mongo';
import { sha256Hex } from '@daybook/platform/crypto';
import type { Connection, Model } from 'mongoose';
import { SignInAttempts, type AttemptVerdict } from '../../ports/sign-in-attempts';
import { count, date, defineModel } from './define-model';

interface AttemptsDocument {
  _id: string;
  count: number;
  windowEndsAt: Date;
}

/** Keys are kept hashed: the list of addresses somebody tried is nobody's business. */
export class MongoSignInAttempts extends SignInAttempts {
  private readonly attempts: Model<AttemptsDocument>;

  constructor(connection: Connection) {
    super();
    this.attempts = defineModel<AttemptsDocument>(connection, 'sign_in_attempts', { count, windowEndsAt: date });
  }

  async count(key: string, windowMs: number, now: Date): Promise<AttemptVerdict> {
    const windowEndsAt = new Date(now.getTime() + windowMs);
    const running = { $gt: ['$windowEndsAt', now] };
    const change = [
      {
        $set: {
          count: { $cond: [running, { $add: ['$count', 1] }, 1] },
          windowEndsAt: { $cond: [running, '$windowEndsAt', windowEndsAt] },
        },
      },
    ];
    for (;;) {
      try {
        const after = await this.attempts
          .findOneAndUpdate({ _id: sha256Hex(key) }, change, {
            upsert: true,
            returnDocument: 'after',
            updatePipeline: true,
          })
          .lean();
        return { count: after.count, windowEndsAt: after.windowEndsAt };
      } catch (error) {
        // Two first tries at once: the slower one finds the row at the next turn.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  async clear(key: string): Promise<void> {
    await this.attempts.deleteOne({ _id: sha256Hex(key) });
  }

  async takeBack(key: string): Promise<void> {
    await this.attempts.updateOne({ _id: sha256Hex(key), count: { $gt: 0 } }, { $inc: { count: -1 } });
  }
}
