import {
  asProviderError,
  failed,
  passed,
  SubscriptionsInTheWay,
  type ChangeNotificationPort,
  type CheckOutcome,
  type ProviderAccess,
  type SubscribeRequest,
} from '@daybook/provider-port';

/**
 * Opens a channel and stops it. Give it a short life: where stopping fails, it ends by itself. Calls that come over it belong
 * to no calendar and are answered like any other. @throws ProviderError
 */
export async function checkPush(
  notifications: ChangeNotificationPort,
  access: ProviderAccess,
  channel: SubscribeRequest,
): Promise<CheckOutcome> {
  try {
    await notifications.unsubscribe(access, await notifications.subscribe(access, channel));
    return passed;
  } catch (error) {
    // The provider calls this address for these very changes already.
    if (error instanceof SubscriptionsInTheWay) return passed;
    if (asProviderError(error).kind === 'Rejected') return failed('push_refused');
    throw error;
  }
}
