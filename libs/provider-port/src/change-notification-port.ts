import type { ProviderAccess } from './calendar-port';
import { ProviderError } from './provider-error';

export interface SubscribeRequest {
  readonly calendarRemoteId: string;
  /** Ours, unique, at most 64 characters. */
  readonly channelId: string;
  /** Comes back with every call and is compared in constant time, at most 256 characters. */
  readonly token: string;
  /** Epoch milliseconds; the provider may shorten it. */
  readonly expiresAt: number;
}

export interface Subscription {
  readonly channelId: string;
  /** The provider's own name of it, needed to end it. */
  readonly resourceId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface HookRequest {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What befalls a subscription: it lives on only if it is renewed now, or it has ended already. */
export type ChannelNews = 'renew' | 'gone';

export interface ChangeHint {
  readonly channelId: string;
  readonly token: string;
  readonly resourceId: string;
  /** Absent where the call says nothing about the subscription itself. */
  readonly news?: ChannelNews;
}

/**
 * The provider has one subscription to the same changes, and there is one. Whether anybody still listens to what stands in the
 * way is for the caller to know, who may end it and ask again.
 */
export class SubscriptionsInTheWay extends ProviderError {
  constructor(
    /** Each with our own name where the provider tells it, else with an empty one. */
    readonly standing: readonly Subscription[],
  ) {
    super('Rejected', { detail: 'another subscription stands in the way' });
  }
}

export interface HookAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

/** What a call on our hook address means. It is only a hint: it carries no data we believe. */
export type HookReading =
  | { readonly type: 'hints'; readonly hints: readonly ChangeHint[]; readonly answer: HookAnswer }
  | { readonly type: 'handshake'; readonly answer: HookAnswer }
  | { readonly type: 'unreadable'; readonly answer: HookAnswer };

/** Absent on a provider whose calls cannot reach this deployment; then polling is all there is. */
export interface ChangeNotificationPort {
  /** Longest life to ask for, milliseconds. */
  readonly longestLifeMs: number;
  /** Ends nothing of its own accord. @throws SubscriptionsInTheWay where a second one to the same changes is not given */
  subscribe(access: ProviderAccess, request: SubscribeRequest): Promise<Subscription>;
  /**
   * Lengthens its life to `expiresAt`. Absent where a new one is opened instead, which then may stand beside the old one.
   * @throws ProviderError `Gone` where there is none of that name any more
   */
  renew?(access: ProviderAccess, subscription: Subscription): Promise<Subscription>;
  /** Ends it; one that is gone already is no error. */
  unsubscribe(access: ProviderAccess, subscription: Subscription): Promise<void>;
  read(request: HookRequest): HookReading;
}
