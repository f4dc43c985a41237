import { asText, type ForeignRecord, isRecord, listOf, ProviderError } from '@daybook/provider-port';
import { ItemBatches } from './get-items';
import type { ItemDoor } from './item-door';
import { idOf } from './item-to-meeting';

export const ATTACHMENTS = 'item:Attachments';

/**
 * Refuses where changed occurrences have attachments that their series has not: they would go with all else that Exchange forgets
 * of these, and nothing could put them back.
 * @param changed read with `ATTACHMENTS`
 * @throws ProviderError Rejected
 */
export async function refuseLostAttachments(
  door: ItemDoor,
  master: ForeignRecord,
  changed: readonly ForeignRecord[],
): Promise<void> {
  const own = changed.flatMap(attachmentsIn);
  if (own.length === 0) return;
  const [series = null] = await new ItemBatches(door, [ATTACHMENTS]).get([{ type: 'item', id: idOf(master) }]);
  if (series instanceof ProviderError) throw series;
  if (series === null) throw new ProviderError('Gone', { detail: 'no calendar item' });
  const its = new Set(attachmentsIn(series));
  if (own.some((attachment) => !its.has(attachment)))
    throw new ProviderError('Rejected', { detail: 'attachments would be lost', because: 'attachments_kept' });
}

/** Ids of attachments differ wherever they are read; a copy has their name and size. */
function attachmentsIn(item: ForeignRecord): readonly string[] {
  return listOf(item['Attachments'])
    .filter(isRecord)
    .map(({ Name: name, Size: size }) => `${asText(size, 20)} ${asText(name, 1024)}`);
}
