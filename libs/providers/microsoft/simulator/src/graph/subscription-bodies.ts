import { z } from 'zod';
import { readBody } from './event-bodies';
import { refusals } from './graph-error';

const ignored = z.unknown().optional();
const stamp = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const orderBody = z.strictObject({
  changeType: z.string(),
  notificationUrl: z.string(),
  lifecycleNotificationUrl: z.string().nullish(),
  resource: z.string(),
  expirationDateTime: stamp,
  clientState: z.string().max(128).nullish(),
  latestSupportedTlsVersion: z.string().nullish(),
  includeResourceData: z.boolean().nullish(),
  encryptionCertificate: ignored,
  encryptionCertificateId: ignored,
  notificationQueryOptions: ignored,
  notificationUrlAppId: ignored,
  id: ignored,
  applicationId: ignored,
  creatorId: ignored,
});
const renewalBody = z.strictObject({
  expirationDateTime: stamp.optional(),
  notificationUrl: z.string().optional(),
  id: ignored,
  clientState: ignored,
});

/** Longest life of a subscription to Outlook items, in milliseconds: 10,080 minutes; 1,440 with resource data. */
export const LONGEST_LIFE = 10_080 * 60_000;
/** Shorter wishes are raised to this. */
const SHORTEST_LIFE = 45 * 60_000;
const TYPES = ['created', 'updated', 'deleted'];

export type SubscriptionOrder = z.output<typeof orderBody>;

/** A sent subscription whose values hold. @throws GraphError 400 */
export function readOrder(body: unknown): SubscriptionOrder {
  const order = readBody(orderBody, body, 'subscription');
  const types = order.changeType.split(',').map((one) => one.trim().toLowerCase());
  if (types.length === 0 || types.some((one) => !TYPES.includes(one))) {
    throw refusals.subscriptionInvalid(`The change type '${order.changeType}' is not supported.`);
  }
  if (order.includeResourceData === true) {
    throw refusals.subscriptionRefused('Resource data is not delivered here');
  }
  return { ...order, changeType: types.join(',') };
}

export const readRenewal = (body: unknown) => readBody(renewalBody, body, 'subscription');

/** The instant a subscription ends. @throws GraphError 400 for a past one or one too far away */
export function expiryOf(text: string, now: number): number {
  const wished = Date.parse(text);
  if (wished <= now) throw refusals.subscriptionInvalid('Subscription expiration must be in the future.');
  // Clients add the longest life to their own clock, which may be a little ahead.
  if (wished > now + LONGEST_LIFE + 60_000) {
    throw refusals.subscriptionRefused('Subscription expiration can only be 10080 minutes in the future');
  }
  return Math.max(wished, now + SHORTEST_LIFE);
}
