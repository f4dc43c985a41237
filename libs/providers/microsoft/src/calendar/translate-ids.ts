/**
 * Ids that Exchange Web Services gave, as Graph calls the same things: of items the immutable ones, which is what all our requests
 * ask for; a container keeps its plain one.
 * Sources: learn.microsoft.com/graph/api/user-translateexchangeids, …/graph/outlook-immutable-id.
 */
import {
  asText,
  isRecord,
  listOf,
  type ProviderAccess,
  ProviderError,
  type ProviderErrorKind,
  type TranslateRequest,
} from '@daybook/provider-port';
import type { GraphClient } from '../transport/graph-client';
import { occurrenceId, readOccurrenceId } from './event-address';

const MOST_IDS = 1000;
const LONGEST_ID = 1024;
const TARGET = { calendars: 'restId', items: 'restImmutableEntryId' } as const;
const REQUEST = {
  method: 'POST',
  path: '/me/translateExchangeIds',
  aboutOneCalendar: false,
  onlyReads: true,
} as const;
/** Graph then knows none of these ids, which says nothing of the mailbox. */
const UNTRANSLATED: ReadonlySet<ProviderErrorKind> = new Set(['Gone', 'Unknown', 'Rejected', 'PermissionMissing']);

/** Names of single occurrences are made by the same rule on both sides: there the id of the series is translated. */
export async function translateIds(
  client: GraphClient,
  access: ProviderAccess,
  { of, remoteIds }: TranslateRequest,
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(remoteIds.map((remoteId) => readOccurrenceId(remoteId)?.seriesRemoteId ?? remoteId))];
  const known = new Map<string, string>();
  for (let start = 0; start < asked.length; start += MOST_IDS) {
    const some = asked.slice(start, start + MOST_IDS);
    for (const [theirs, ours] of await translated(client, access, { inputIds: some, targetIdType: TARGET[of] }))
      known.set(theirs, ours);
  }
  return new Map(
    remoteIds.flatMap((remoteId) => {
      const occurrence = readOccurrenceId(remoteId);
      const ours = known.get(occurrence?.seriesRemoteId ?? remoteId);
      if (ours === undefined) return [];
      return [[remoteId, occurrence ? occurrenceId({ ...occurrence, seriesRemoteId: ours }) : ours] as const];
    }),
  );
}

async function translated(
  client: GraphClient,
  access: ProviderAccess,
  { inputIds, targetIdType }: { readonly inputIds: readonly string[]; readonly targetIdType: string },
): Promise<readonly (readonly [string, string])[]> {
  try {
    const answer = await client.call(access, { ...REQUEST, body: { inputIds, sourceIdType: 'ewsId', targetIdType } });
    return listOf(isRecord(answer) ? answer['value'] : null).flatMap((result) => {
      if (!isRecord(result)) return [];
      const [from, to] = [asText(result['sourceId'], LONGEST_ID), asText(result['targetId'], LONGEST_ID)];
      return from === '' || to === '' ? [] : [[from, to] as const];
    });
  } catch (error) {
    if (error instanceof ProviderError && UNTRANSLATED.has(error.kind)) return [];
    throw error;
  }
}
