import { noRecorder, type Recorder, type SimulatorClock } from '@daybook/simulator-kit';
import type { MailboxStore } from '../mailbox/mailbox-store';
import type { Operations } from '../soap/operation';
import { MailboxEvents } from './events/mailbox-events';
import { getEvents, unsubscribe } from './pull';
import { postTo, type Post } from './push/post';
import { PushDesk, type PushWish } from './push/push-desk';
import { getStreamingEvents } from './streaming/get-streaming-events';
import { inPieces } from './streaming/in-pieces';
import { OpenStreams } from './streaming/open-streams';
import { streamedAs, subscribedAs, type StreamingSetting } from './streaming/streaming-setting';
import { subscribe } from './subscribe';
import type { Subscription } from './subscription';
import { Subscriptions } from './subscriptions';
import { Ticker } from './ticker';

export interface NotificationSettings {
  /** Subscriptions of one person, connections that they may keep open, and events of one mailbox that are remembered. */
  readonly most: { readonly subscriptions: number; readonly connections: number; readonly events: number };
  /**
   * Milliseconds. Real: between two looks at the clock (`tick`), and in which events that come together are gathered (`gather`).
   * By the clock: after which a silent stream says that it is there (`heartbeat`).
   */
  readonly pace: { readonly tick: number; readonly gather: number; readonly heartbeat: number };
}

/** As Exchange Server is set up: https://learn.microsoft.com/exchange/client-developer/exchange-web-services/ews-throttling-in-exchange */
const USUAL: NotificationSettings = {
  most: { subscriptions: 5000, connections: 10, events: 10_000 },
  pace: { tick: 500, gather: 20, heartbeat: 45_000 },
};

export interface NotificationSurroundings {
  readonly store: MailboxStore;
  readonly clock: SimulatorClock;
  /** Calls to clients are recorded as well. */
  readonly recorder?: Recorder;
  readonly settings?: Partial<NotificationSettings>;
  /** What becomes of answers that stay open, now; they come as they are told when absent. */
  readonly streaming?: () => StreamingSetting;
  /** How addresses of clients are called; over http when absent. */
  readonly post?: Post;
}

/** Notifications of all three kinds. Subscriptions end with the process, as they do on a real server that is started anew. */
export class Notifications {
  readonly operations: Operations;
  /** Signs in one piece of a stream; null sends each envelope at once. */
  pieceLength: number | null = null;
  private readonly events: MailboxEvents;
  private readonly subscriptions: Subscriptions;
  private readonly streams: OpenStreams;
  private readonly desk: PushDesk;
  private readonly ticker: Ticker;
  private readonly gather: number;
  private looking: NodeJS.Timeout | null = null;
  private stopLooking: (() => void) | null = null;

  constructor(around: NotificationSurroundings) {
    const { store, clock, recorder = noRecorder, settings = {}, post, streaming: set = () => 'open' } = around;
    const { most, pace } = { ...USUAL, ...settings };
    this.gather = pace.gather;
    this.events = new MailboxEvents({ store, clock, most: most.events });
    this.subscriptions = new Subscriptions({ events: this.events, clock, most: most.subscriptions });
    this.streams = new OpenStreams(most.connections);
    this.ticker = new Ticker(pace.tick);
    const own = { store, clock, events: this.events, subscriptions: this.subscriptions };
    this.desk = new PushDesk({ ...own, post: post ?? postTo((exchange) => recorder.record(exchange)) });
    this.events.onNews((mailbox) => this.tell(mailbox));
    const streaming = { ...own, streams: this.streams, ticker: this.ticker, pace };
    this.operations = {
      Subscribe: subscribedAs(subscribe({ ...own, onPush: (...order) => this.callBack(...order) }), set),
      Unsubscribe: unsubscribe(own),
      GetEvents: getEvents(own),
      GetStreamingEvents: streamedAs(getStreamingEvents(streaming), set),
    };
  }

  /** What goes out of a stream, in pieces if that was ordered. */
  onTheWire(envelopes: AsyncIterable<string>): AsyncIterable<string> {
    return this.pieceLength === null ? envelopes : inPieces(envelopes, this.pieceLength);
  }

  /** Breaks open streams off without a word, all or those of one mailbox; returns how many. */
  cutStreams(mailbox?: string): number {
    const cut = this.streams.all().filter(({ owner }) => mailbox === undefined || owner === mailbox);
    for (const connection of cut) connection.cut();
    return cut.length;
  }

  /** Forgets subscriptions as a server does that is started anew: all or those of one mailbox; returns how many. */
  forget(mailbox?: string): number {
    const lost = this.subscriptions.all().filter((one) => mailbox === undefined || one.owner === mailbox);
    for (const one of lost) this.subscriptions.remove(one);
    for (const connection of this.streams.all()) connection.wake();
    return lost.length;
  }

  /** Ends every stream and forgets every subscription and event, as mailboxes do not exist any more. */
  clear(): void {
    for (const connection of this.streams.all()) connection.stop();
    this.subscriptions.clear();
    this.desk.clear();
    this.events.clear();
  }

  close(): void {
    this.clear();
    if (this.looking !== null) clearTimeout(this.looking);
    this.ticker.close();
    this.events.close();
  }

  private tell(mailbox: string): void {
    for (const connection of this.streams.all()) if (connection.owner === mailbox) connection.wake();
    if (!this.desk.isEmpty) this.lookSoon();
  }

  private callBack(subscription: Subscription, wish: PushWish): void {
    this.desk.add(subscription, wish);
    this.stopLooking ??= this.ticker.start(() => this.look());
    this.lookSoon();
  }

  private lookSoon(): void {
    this.looking ??= setTimeout(() => {
      this.looking = null;
      this.look();
    }, this.gather).unref();
  }

  private look(): void {
    this.desk.look();
    if (!this.desk.isEmpty) return;
    this.stopLooking?.();
    this.stopLooking = null;
  }
}
