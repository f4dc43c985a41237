import type { CalendarStore } from '../ports/calendar-store';
import type { HookedCalendar, HookSurroundings } from './receive-hook';

/** A channel never becomes another calendar's; a call too many for one that was dropped costs a look at a calendar. */
const CHANNEL_KEPT_MS = 60_000;
const MOST_CHANNELS = 10_000;

interface KeptChannel {
  readonly calendar: Promise<HookedCalendar | null>;
  readonly until: number;
}

/**
 * Hints of providers, which come in storms: all that arrive while one write is under way are made durable by the next one together,
 * and each is answered when its own is. A channel that is known is not looked up again for a minute; one that is not is looked
 * up each time, because it may be there a moment later.
 */
export class GatheredHints {
  private waiting = new Map<string, Promise<void>>();
  private underWay: Promise<void> = Promise.resolve();
  private readonly channels = new Map<string, KeptChannel>();

  constructor(
    private readonly store: Pick<CalendarStore, 'calendarOfChannel' | 'requestSyncs' | 'hearOfChannel'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  readonly calendarOfChannel: HookSurroundings['store']['calendarOfChannel'] = async (channelId) => {
    const known = this.channels.get(channelId);
    if (known && known.until > this.now()) return known.calendar;
    if (this.channels.size >= MOST_CHANNELS) this.channels.clear();
    const calendar = this.store.calendarOfChannel(channelId);
    this.channels.set(channelId, { calendar, until: this.now() + CHANNEL_KEPT_MS });
    const found = await calendar.catch((error: unknown) => {
      this.channels.delete(channelId);
      throw error;
    });
    if (!found) this.channels.delete(channelId);
    return found;
  };

  readonly requestSync: HookSurroundings['store']['requestSync'] = async (calendarId) => {
    await (this.waiting.get(calendarId) ?? this.join(calendarId));
    return true;
  };

  /** Comes seldom, and to one channel at a time. */
  readonly hearOfChannel: HookSurroundings['store']['hearOfChannel'] = (...said) => this.store.hearOfChannel(...said);

  /** Into the batch that is sent when the one under way is through. */
  private join(calendarId: string): Promise<void> {
    if (this.waiting.size === 0) {
      const batch = this.waiting;
      this.underWay = this.underWay.catch(() => undefined).then(() => this.send(batch));
    }
    const { underWay } = this;
    this.waiting.set(calendarId, underWay);
    return underWay;
  }

  private send(batch: ReadonlyMap<string, Promise<void>>): Promise<void> {
    this.waiting = new Map();
    return this.store.requestSyncs([...batch.keys()]);
  }
}
