import { asText, isRecord, listOf, ProviderError } from '@daybook/provider-port';
import { markup } from '../transport/markup';
import type { EwsOperation, PartAnswer } from '../transport/ews-client';
import { list, longTextWith, record } from '../transport/record-shape';
import { itemName } from './item-address';
import type { ItemDoor } from './item-door';
import { fieldPath } from './item-fields';
import { LONGEST_NOTE } from './item-note';

const BATCH = 10;
/** What is longer could be noted nowhere. */
const ITEMS = list({ CalendarItem: record({ Body: longTextWith(LONGEST_NOTE, 'BodyType') }) });

/**
 * Bodies of items as they are kept, by their ids: those that are formatted, as HTML, and are not too long to be noted.
 * @throws ProviderError
 */
export async function formattedBodies(door: ItemDoor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const bodies = new Map<string, string>();
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    for (const [index, part] of (await partsOf(door, batch)).entries()) {
      const [id, html] = [batch[index], htmlIn(part)];
      if (id !== undefined && html !== null) bodies.set(id, html);
    }
  }
  return bodies;
}

async function partsOf({ client, access }: ItemDoor, ids: readonly string[]): Promise<readonly PartAnswer[]> {
  try {
    return (await client.call(access, getBodies(ids))).parts;
  } catch (error) {
    // An answer too large to be taken.
    if (error instanceof ProviderError && error.kind === 'Unreadable') return [];
    throw error;
  }
}

function htmlIn(part: PartAnswer): string | null {
  if (!part.ok) {
    if (part.error.kind === 'Unavailable') throw part.error;
    return null;
  }
  const [item] = listOf(part.content['Items']).filter(isRecord);
  const body: unknown = item?.['Body'];
  if (!isRecord(body) || body['BodyType'] !== 'HTML') return null;
  const html = asText(body['text'], LONGEST_NOTE);
  return html.length < LONGEST_NOTE ? html : null;
}

function getBodies(ids: readonly string[]): EwsOperation {
  const shape = markup('m:ItemShape', {}, [
    markup('t:BaseShape', {}, 'IdOnly'),
    markup('t:BodyType', {}, 'Best'),
    markup('t:AdditionalProperties', {}, [fieldPath('item:Body')]),
  ]);
  const names = ids.map((id) => itemName({ type: 'item', id }));
  return {
    name: 'GetItem',
    aboutOneCalendar: true,
    content: { Items: ITEMS },
    request: () => markup('m:GetItem', {}, [shape, markup('m:ItemIds', {}, names)]),
  };
}
