import {
  askInParts,
  type Availability,
  type AvailabilityPort,
  ProviderError,
  type ProviderErrorKind,
  withheld,
  type WithheldBecause,
} from '@daybook/provider-port';
import { readAccess } from '../transport/access-text';
import type { EwsClient, PartAnswer } from '../transport/ews-client';
import { getUserAvailability, LIMITS } from './availability-request';
import { readView, type ViewSurroundings } from './free-busy-view';

/** Times of whoever the server knows; what it tells to whom is for it, and each mailbox's owner, to say. */
export function createExchangeAvailability(client: EwsClient): AvailabilityPort {
  return {
    busyTimes: (access, request) =>
      askInParts(request, LIMITS, async (part) => {
        const { parts } = await client.call(access, getUserAvailability(part));
        if (parts.length !== part.addresses.length)
          throw new ProviderError('Unavailable', { detail: 'an answer with a part missing' });
        const around = { from: part.from, to: part.to, version: readAccess(access).version };
        return parts.map((answer) => availabilityOf(answer, around));
      }),
  };
}

function availabilityOf(answer: PartAnswer, around: ViewSurroundings): Availability {
  return answer.ok
    ? readView(answer.content['FreeBusyView'], around)
    : withheld(BECAUSE[answer.error.kind] ?? 'not_told');
}

const BECAUSE: Partial<Readonly<Record<ProviderErrorKind, WithheldBecause>>> = {
  Gone: 'unknown_address',
  PermissionMissing: 'not_allowed',
};
