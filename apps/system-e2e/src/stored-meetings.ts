import { eventually, type Stack } from '@daybook/testing/stack';
import type { mongo } from 'mongoose';
import { z } from 'zod';
import { openDatabase } from './database-copy';

const DAY_MS = 86_400_000;
const channelSchema = z.object({ channelId: z.string(), resourceId: z.string().nullable() });

/**
 * What calendar-svc has in its database, seen past all services: where a run stands while it is cut off, which the API does not
 * show, and when the next one is due. Only for that; whether things are right is asked at the API.
 */
export class StoredMeetings {
  private constructor(private readonly client: mongo.MongoClient) {}

  static async open(stack: Stack): Promise<StoredMeetings> {
    return new StoredMeetings(await openDatabase(stack.addresses.mongodb));
  }

  count(connectionId: string): Promise<number> {
    return this.collection('meetings').countDocuments({ connectionId });
  }

  /** Waits until there are more than so many, closely enough to see one slice of a page before the next one; gives their number. */
  moreThan(connectionId: string, before: number): Promise<number> {
    return eventually(
      async () => {
        const now = await this.count(connectionId);
        if (now <= before) throw new Error(`there are ${now} meetings, not more than ${before}`);
        return now;
      },
      { everyMs: 2 },
    );
  }

  /** The ids of what an event of its own tells the making of. */
  async singlesAndSeries(connectionId: string): Promise<string[]> {
    const query = { connectionId, kind: { $in: ['single', 'series'] } };
    return (await this.collection('meetings').find(query).toArray()).map(({ _id }) => String(_id));
  }

  /** How far each calendar has been read; null where no listing has come to its end. */
  async cursors(connectionId: string): Promise<unknown[]> {
    const calendars = await this.collection('calendars').find({ connectionId }).toArray();
    return calendars.map(({ cursor }): unknown => cursor);
  }

  /** How often something asked for a look at each calendar: what a hook raises when it is believed. */
  async requested(connectionId: string): Promise<unknown[]> {
    const calendars = await this.collection('calendars').find({ connectionId }).sort({ _id: 1 }).toArray();
    return calendars.map(({ requested }): unknown => requested);
  }

  /** The channel on which the provider tells of changes. */
  async channel(connectionId: string): Promise<z.infer<typeof channelSchema>> {
    const calendar = await this.collection('calendars').findOne({ connectionId, channel: { $ne: null } });
    return channelSchema.parse(calendar?.['channel']);
  }

  /**
   * When calendars are read next without a hint. Each run sets the usual time again: whoever wants no poll has to put it off more
   * often than they come.
   */
  async setNextPoll(connectionId: string, when: 'now' | 'tomorrow'): Promise<void> {
    const nextSyncAt = new Date(Date.now() + (when === 'now' ? 0 : DAY_MS));
    await this.collection('calendars').updateMany({ connectionId }, { $set: { nextSyncAt } });
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private collection(name: string): mongo.Collection {
    return this.client.db('daybook_calendar').collection(name);
  }
}
