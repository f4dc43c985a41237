import {
  type ChangeHint,
  type ChangeNotificationPort,
  type HookReading,
  type HookRequest,
  type ProviderAccess,
  ProviderError,
  type ProviderErrorKind,
  type SubscribeRequest,
  type Subscription,
  SubscriptionsInTheWay,
} from '@daybook/provider-port';

interface Channel extends SubscribeRequest {
  readonly address: string;
}

const DAY = 86_400_000;

/** Subscriptions of the fake provider. A change puts one call for each channel into `calls`; deliver them as you like. */
export class FakeNotifications implements ChangeNotificationPort {
  readonly longestLifeMs = 7 * DAY;
  readonly calls: HookRequest[] = [];
  /** While set, no channel is given, as for mailboxes that never get one. */
  refuses: ProviderErrorKind | null = null;
  /** As providers have it that give one channel to the same changes. */
  onlyOne = false;
  renew?: NonNullable<ChangeNotificationPort['renew']>;
  private readonly channels = new Map<string, Channel>();

  constructor(
    private readonly clock: { now(): number },
    private readonly holderOf: (token: string) => string,
  ) {}

  get subscribed(): readonly string[] {
    return [...this.channels.keys()];
  }

  async subscribe(access: ProviderAccess, request: SubscribeRequest): Promise<Subscription> {
    const address = this.holderOf(access.token);
    if (this.refuses !== null) throw new ProviderError(this.refuses, { detail: 'fake channel' });
    if (this.channels.has(request.channelId)) throw new ProviderError('Rejected', { detail: 'fake channel id' });
    const standing = this.onlyOne ? this.standingTo(address, request.calendarRemoteId) : [];
    if (standing.length > 0) throw new SubscriptionsInTheWay(standing.map(subscriptionOf));
    const expiresAt = Math.min(request.expiresAt, this.clock.now() + this.longestLifeMs);
    this.channels.set(request.channelId, { ...request, expiresAt, address });
    return subscriptionOf({ channelId: request.channelId, expiresAt });
  }

  /** As providers have it whose channels can be renewed: give it to a fake as its `renew`. */
  readonly lengthen = async (access: ProviderAccess, { channelId, expiresAt }: Subscription): Promise<Subscription> => {
    this.holderOf(access.token);
    const channel = this.channels.get(channelId);
    if (!channel) throw new ProviderError('Gone', { detail: 'fake channel' });
    this.channels.set(channelId, { ...channel, expiresAt });
    return subscriptionOf({ channelId, expiresAt });
  };

  async unsubscribe(access: ProviderAccess, subscription: Subscription): Promise<void> {
    this.holderOf(access.token);
    this.channels.delete(subscription.channelId);
  }

  read(request: HookRequest): HookReading {
    const channelId = request.headers['x-fake-channel'];
    const token = request.headers['x-fake-token'];
    if (!channelId || token === undefined) return { type: 'unreadable', answer: { status: 404 } };
    const news = request.headers['x-fake-news'];
    const known: Pick<ChangeHint, 'news'> = news === 'renew' || news === 'gone' ? { news } : {};
    const hint = { channelId, token, resourceId: `fake-${channelId}`, ...known };
    return { type: 'hints', hints: [hint], answer: { status: 204 } };
  }

  private standingTo(address: string, calendarRemoteId: string): Channel[] {
    return [...this.channels.values()].filter(
      (channel) =>
        channel.address === address &&
        channel.calendarRemoteId === calendarRemoteId &&
        channel.expiresAt > this.clock.now(),
    );
  }

  /** A calendar has changed. */
  changed(address: string, calendarRemoteId: string): void {
    for (const channel of this.standingTo(address, calendarRemoteId)) {
      const headers = { 'x-fake-channel': channel.channelId, 'x-fake-token': channel.token };
      this.calls.push({ method: 'POST', query: {}, headers, body: Buffer.alloc(0) });
    }
  }
}

function subscriptionOf({ channelId, expiresAt }: Pick<Channel, 'channelId' | 'expiresAt'>): Subscription {
  return { channelId, resourceId: `fake-${channelId}`, expiresAt };
}
