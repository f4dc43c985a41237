import type { ProviderAccess } from '@daybook/provider-port';
import type { EwsClient } from '../transport/ews-client';

/** Where one looks for items. */
export interface ItemDoor {
  readonly client: EwsClient;
  readonly access: ProviderAccess;
  readonly calendarRemoteId: string;
  /** Address of the web services. */
  readonly url: string;
}
