import {
  type ChangeNotificationPort,
  type HookReading,
  type HookRequest,
  type ProviderAccess,
  ProviderError,
  type ProviderErrorKind,
  type SubscribeRequest,
  type Subscription,
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
    const expiresAt = Math.min(request.expiresAt, this.clock.now() + this.longestLifeMs);
    this.channels.set(request.channelId, { ...request, expiresAt, address });
    return { channelId: request.channelId, resourceId: `fake-${request.channelId}`, expiresAt };
  }

  /** As providers have it whose channels can be renewed: give it to a fake as its `renew`. */
  readonly lengthen = async (access: ProviderAccess, { channelId, expiresAt }: Subscription): Promise<Subscription> => {
    this.holderOf(access.token);
    const channel = this.channels.get(channelId);
    if (!channel) throw new ProviderError('Gone', { detail: 'fake channel' });
    this.channels.set(channelId, { ...channel, expiresAt });
    return { channelId, resourceId: `fake-${channelId}`, expiresAt };
  };

  async unsubscribe(access: ProviderAccess, subscription: Subscription): Promise<void> {
    this.holderOf(access.token);
    this.channels.delete(subscription.channelId);
  }

  read(request: HookRequest): HookReading {
    const channelId = request.headers['x-fake-channel'];
    const token = request.headers['x-fake-token'];
    if (!channelId || token === undefined) return { type: 'unreadable', answer: { status: 404 } };
    const hint = { channelId, token, resourceId: `fake-${channelId}` };
    return { type: 'hints', hints: [hint], answer: { status: 204 } };
  }

  /** A calendar has changed. */
  changed(address: string, calendarRemoteId: string): void {
    for (const channel of this.channels.values()) {
      if (channel.address !== address || channel.calendarRemoteId !== calendarRemoteId) continue;
      if (channel.expiresAt <= this.clock.now()) continue;
      const headers = { 'x-fake-channel': channel.channelId, 'x-fake-token': channel.token };
      this.calls.push({ method: 'POST', query: {}, headers, body: Buffer.alloc(0) });
    }
  }
}
