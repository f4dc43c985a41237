import type { SimulatorClock } from '@daybook/simulator-kit';
import type { MailboxStore } from '../../mailbox/mailbox-store';
import type { MailboxEvents } from '../events/mailbox-events';
import { notification } from '../notification-element';
import type { Subscription } from '../subscription';
import type { Subscriptions, Told } from '../subscriptions';
import type { Post } from './post';
import { pushEnvelope, readPushResult } from './push-envelope';

export interface Pushing {
  readonly store: MailboxStore;
  readonly clock: SimulatorClock;
  readonly events: MailboxEvents;
  readonly subscriptions: Subscriptions;
  readonly post: Post;
}

const MOST_EVENTS = 100;
/** https://learn.microsoft.com/exchange/client-developer/exchange-web-services/notification-subscriptions-mailbox-events-and-ews-in-exchange */
const FIRST_PAUSE = 30_000;

/** Where somebody wants to be called back. */
export interface PushWish {
  readonly url: URL;
  /** Milliseconds after which they are told that nothing happened. */
  readonly frequency: number;
}

/** One address that is called back. Times are those of the clock. */
interface Callee extends PushWish {
  readonly subscription: Subscription;
  /** Who cannot be reached for as long as its frequency is given up. */
  isBusy: boolean;
  statusAt: number;
  /** Null while it answers. */
  failing: { readonly since: number; readonly again: number; readonly pause: number } | null;
}

/** Calls clients back: with events as they happen, and from time to time without any. */
export class PushDesk {
  private readonly callees = new Map<string, Callee>();

  constructor(private readonly around: Pushing) {}

  /** The first call comes at once, and says nothing but that the address is right. */
  add(subscription: Subscription, { url, frequency }: PushWish): void {
    const statusAt = this.around.clock.now();
    this.callees.set(subscription.id, { subscription, url, frequency, isBusy: false, statusAt, failing: null });
  }

  /** Calls everybody for whom there is something, or whose time has come. */
  look(): void {
    for (const callee of this.callees.values()) this.call(callee);
  }

  get isEmpty(): boolean {
    return this.callees.size === 0;
  }

  clear(): void {
    this.callees.clear();
  }

  private call(callee: Callee): void {
    const { subscription, failing, isBusy } = callee;
    const { subscriptions, clock } = this.around;
    if (!subscriptions.has(subscription)) {
      this.callees.delete(subscription.id);
      return;
    }
    if (isBusy || (failing !== null && failing.again > clock.now())) return;
    const told = subscriptions.told(subscription, subscription.position, MOST_EVENTS) ?? this.nothing(subscription);
    const isDue = callee.statusAt <= clock.now() || failing !== null;
    if (told.events.length > 0 || isDue) void this.deliver(callee, told);
    else subscription.position = told.end;
  }

  /** Who was away for too long is not told what was missed. */
  private nothing({ mailbox }: Subscription): Told {
    return { events: [], hasMore: false, end: this.around.events.endOf(mailbox) };
  }

  private async deliver(callee: Callee, told: Told): Promise<void> {
    const { store, events, post } = this.around;
    const { id, mailbox, position } = callee.subscription;
    const mark = (at: number): string => events.markOf(mailbox, at);
    callee.isBusy = true;
    const answer = await post(callee.url, pushEnvelope(notification({ id, position }, told, { store, mark })));
    callee.isBusy = false;
    this.settle(callee, told, answer === null ? null : readPushResult(answer));
  }

  private settle(callee: Callee, told: Told, result: ReturnType<typeof readPushResult>): void {
    const { subscription } = callee;
    const now = this.around.clock.now();
    if (result === null) {
      this.failed(callee, now);
      return;
    }
    if (result === 'Unsubscribe') this.end(callee);
    subscription.position = told.end;
    callee.failing = null;
    callee.statusAt = now + callee.frequency;
    if (told.hasMore) this.call(callee);
  }

  private failed(callee: Callee, now: number): void {
    const { since, pause } = callee.failing ?? { since: now, pause: FIRST_PAUSE / 2 };
    callee.failing = { since, pause: pause * 2, again: now + pause * 2 };
    if (now - since >= callee.frequency) this.end(callee);
  }

  private end({ subscription }: Callee): void {
    this.around.subscriptions.remove(subscription);
    this.callees.delete(subscription.id);
  }
}
