import { randomUUID } from 'node:crypto';
import { isThisMachine, type SimulatorClock } from '@daybook/simulator-kit';
import { etagOf } from '../mailbox/event-etag';
import { idOf, readCalendarId } from '../mailbox/item-ids';
import type { Mailbox, Subscription } from '../mailbox/mailbox';
import type { Change, MailboxStore } from '../mailbox/mailbox-store';
import type { Principal } from '../principal';
import { refusals } from './graph-error';
import type { Notifier } from './notifier';
import { expiryOf, readOrder, readRenewal } from './subscription-bodies';

/** Changes that come together go out in one request. */
const GATHER = 20;
const MOST_OF_A_MAILBOX = 1000;

export const LIFECYCLE_EVENTS = ['reauthorizationRequired', 'subscriptionRemoved', 'missed'] as const;
export type LifecycleEvent = (typeof LIFECYCLE_EVENTS)[number];

/** Change notification subscriptions: they tell that an event changed and which, never what is in it. */
export class Subscriptions {
  private readonly due = new Map<string, Record<string, unknown>[]>();

  constructor(
    private readonly world: MailboxStore,
    private readonly clock: SimulatorClock,
    private readonly notifier: Notifier,
  ) {
    world.onChange((change) => this.changed(change));
  }

  /** Opens a subscription once the client's addresses have answered. @throws GraphError 400, 403, 409 */
  async create(principal: Principal, sent: unknown, immutable: boolean): Promise<Subscription> {
    const order = readOrder(sent);
    const now = this.clock.now();
    const watched = this.watchedBy(principal, order.resource);
    const expiresAt = expiryOf(order.expirationDateTime, now);
    const others = this.of(watched.box.email);
    if (others.some((one) => one.resource === order.resource && sameTypes(one, order)))
      throw refusals.subscriptionExists();
    if (others.length >= MOST_OF_A_MAILBOX)
      throw refusals.subscriptionRefused('The mailbox has too many subscriptions');
    const lifecycle = order.lifecycleNotificationUrl ?? null;
    for (const address of [order.notificationUrl, lifecycle]) if (address !== null) await this.shakeHands(address);
    const id = randomUUID();
    return this.world.subscriptions.set(id, {
      id,
      email: watched.box.email,
      tenantId: watched.box.tenantId,
      creatorId: principal.oid,
      resource: order.resource,
      folder: watched.folder,
      changeType: order.changeType,
      notificationUrl: order.notificationUrl,
      lifecycleNotificationUrl: lifecycle,
      clientState: order.clientState ?? null,
      latestSupportedTlsVersion: order.latestSupportedTlsVersion ?? 'v1_2',
      expiresAt,
      immutable,
    });
  }

  /** Renews it, and shakes hands again when the address changes. @throws GraphError 400, 404 */
  async renew(principal: Principal, id: string, sent: unknown): Promise<Subscription> {
    const { expirationDateTime, notificationUrl } = readRenewal(sent);
    const before = this.get(principal, id);
    if (notificationUrl !== undefined && notificationUrl !== before.notificationUrl)
      await this.shakeHands(notificationUrl);
    return this.world.subscriptions.set(id, {
      ...before,
      notificationUrl: notificationUrl ?? before.notificationUrl,
      expiresAt: expirationDateTime === undefined ? before.expiresAt : expiryOf(expirationDateTime, this.clock.now()),
    });
  }

  /** @throws GraphError 404 for one that ended or is somebody else's */
  get(principal: Principal, id: string): Subscription {
    const found = this.list(principal).find((one) => one.id === id);
    if (found === undefined) throw refusals.subscriptionNotFound();
    return found;
  }

  list(principal: Principal): Subscription[] {
    return this.standing().filter(({ creatorId }) => creatorId === principal.oid);
  }

  remove(principal: Principal, id: string): void {
    this.get(principal, id);
    this.world.subscriptions.delete(id);
  }

  /** Sends a lifecycle notification to every subscription of a mailbox that has an address for it. */
  tellLifecycle(email: string, lifecycleEvent: LifecycleEvent): number {
    const told = this.of(email).filter(({ lifecycleNotificationUrl }) => lifecycleNotificationUrl !== null);
    for (const one of told) {
      if (lifecycleEvent === 'subscriptionRemoved') this.world.subscriptions.delete(one.id);
      this.enqueue(one.lifecycleNotificationUrl ?? '', { ...frameOf(one), lifecycleEvent, resource: one.resource });
    }
    return told.length;
  }

  private of(email: string): Subscription[] {
    return this.standing().filter((one) => one.email === email);
  }

  private standing(): Subscription[] {
    const now = this.clock.now();
    return this.world.subscriptions.values().filter(({ expiresAt }) => expiresAt > now);
  }

  private watchedBy(principal: Principal, resource: string): { box: Mailbox; folder: string | null } {
    const match = /^\/?(?:me|users\/([^/]+))\/(?:calendar\/|calendars\/([^/]+)\/)?events\/?(?:\?.*)?$/i.exec(resource);
    if (match === null) throw refusals.subscriptionInvalid(`The resource '${resource}' is not supported.`);
    const [, user, calendar] = match;
    if (user === undefined && principal.appOnly) throw refusals.appOnMe();
    const box = this.world.find(user === undefined ? principal.email : decodeURIComponent(user));
    if (box === undefined || box.tenantId !== principal.tenantId) throw refusals.userNotFound(user ?? '');
    if (!principal.appOnly && box.email !== principal.email) throw refusals.denied();
    if (calendar === undefined) return { box, folder: null };
    const key = readCalendarId(decodeURIComponent(calendar));
    const entry = box.calendars.find((one) => one.key === key);
    if (entry === undefined) throw refusals.itemNotFound();
    return { box, folder: entry.folder };
  }

  /** @throws GraphError 400 `ValidationError` */
  private async shakeHands(address: string): Promise<void> {
    if (!isReachable(address)) throw refusals.subscriptionUnvalidated('Notification URL must use https.');
    const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
    const echo = await this.notifier.handshake(address, token);
    if (echo === null) throw refusals.subscriptionUnvalidated('Subscription validation request timed out.');
    if (echo.status !== 200) {
      throw refusals.subscriptionUnvalidated(
        'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
      );
    }
    if (echo.body !== token || !/^text\/plain\b/i.test(echo.contentType)) {
      throw refusals.subscriptionUnvalidated(
        'Subscription validation request failed. The validation token must be returned as plain text.',
      );
    }
  }

  private changed({ store, event, type }: Change): void {
    if (this.world.subscriptions.size === 0) return;
    for (const one of this.of(store.facts.owner)) {
      if (!one.changeType.split(',').includes(type)) continue;
      if (one.folder !== null && one.folder !== store.facts.key) continue;
      const id = idOf({ key: event.key, day: null }, one.immutable ? 'restImmutableEntryId' : 'restId');
      const owner = this.world.find(one.email)?.oid ?? '';
      const resource = `Users/${owner}/Events/${id}`;
      this.enqueue(one.notificationUrl, {
        ...frameOf(one),
        changeType: type,
        resource,
        resourceData: {
          '@odata.type': '#Microsoft.Graph.Event',
          '@odata.id': resource,
          '@odata.etag': etagOf(store, event),
          id,
        },
      });
    }
  }

  private enqueue(address: string, notice: Record<string, unknown>): void {
    const waiting = this.due.get(address);
    if (waiting !== undefined) {
      waiting.push(notice);
      return;
    }
    this.due.set(address, [notice]);
    this.notifier.later(() => {
      const value = this.due.get(address) ?? [];
      this.due.delete(address);
      this.notifier.deliver(address, JSON.stringify({ value }));
    }, GATHER);
  }
}

/** What every notification says of its subscription. */
function frameOf({ id, expiresAt, clientState, tenantId }: Subscription): Record<string, unknown> {
  return {
    subscriptionId: id,
    subscriptionExpirationDateTime: new Date(expiresAt).toISOString(),
    ...(clientState === null ? {} : { clientState }),
    tenantId,
  };
}

const sameTypes = (one: { changeType: string }, other: { changeType: string }): boolean =>
  one.changeType.split(',').sort().join() === other.changeType.split(',').sort().join();

/** Graph wants https; on this machine plain http will do, so that a local start can be notified. */
function isReachable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname));
}
