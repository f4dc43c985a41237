import type { ZoneId } from '@daybook/domain';
import type { ProviderAccess } from '@daybook/provider-port';
import type { EwsClient } from '../transport/ews-client';

/** Where one looks for items. */
export interface ItemDoor {
  readonly client: EwsClient;
  readonly access: ProviderAccess;
  readonly calendarRemoteId: string;
  /** Address of the web services. */
  readonly url: string;
  /** What the mailbox is set to, read when it is first asked for; null where it says nothing. @throws ProviderError */
  readonly zone: () => Promise<ZoneId | null>;
}
