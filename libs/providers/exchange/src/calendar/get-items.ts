/**
 * Items by their names, in batches. An answer must neither be too large nor keep a server busy for long, and items differ by
 * their bodies a thousandfold, so that each batch is as long as the answers before it allow.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getitem-operation.
 */
import { type ForeignRecord, isRecord, listOf, ProviderError } from '@daybook/provider-port';
import { markup } from '../transport/markup';
import type { EwsOperation, PartAnswer } from '../transport/ews-client';
import { type ItemName, itemName } from './item-address';
import type { ItemDoor } from './item-door';
import { itemShape, ITEMS } from './item-fields';

/** An item, null where there is none (any more), or why it is not given. */
export type FoundItem = ForeignRecord | null | ProviderError;

const FIRST_BATCH = 40;
const LARGEST_BATCH = 100;
const WANTED_BYTES = 1_500_000;
const BATCHES_AT_ONCE = 2;

export class ItemBatches {
  private size = FIRST_BATCH;

  constructor(
    private readonly door: ItemDoor,
    /** Paths of fields that are wanted besides the usual ones. */
    private readonly more: readonly string[] = [],
  ) {}

  /**
   * What is found of each name, in their order. One that is not given for the moment is asked for alone once more, and then its
   * refusal stands in its place: what is wrong with one item says nothing about the others.
   * @throws ProviderError also where several were asked for and none is given
   */
  async get(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    const found: FoundItem[] = [];
    for await (const item of this.each(names)) found.push(item);
    return found;
  }

  /** The same one by one, so that no more than a few batches are held at once. */
  async *each(names: readonly ItemName[]): AsyncIterable<FoundItem> {
    for (let at = 0; at < names.length;) {
      const batches = this.batchesFrom(names, at);
      at += batches.reduce((sum, batch) => sum + batch.length, 0);
      for (const found of await Promise.all(batches.map((batch) => this.batch(batch)))) yield* found;
    }
  }

  private batchesFrom(names: readonly ItemName[], from: number): readonly (readonly ItemName[])[] {
    const { size } = this;
    return Array.from({ length: BATCHES_AT_ONCE }, (_none, index) =>
      names.slice(from + index * size, from + (index + 1) * size),
    ).filter((batch) => batch.length > 0);
  }

  private async batch(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    const parts = await this.ask(names);
    const refusals = parts.filter((part) => part instanceof ProviderError && part.kind === 'Unavailable');
    const [refusal] = refusals;
    if (refusal instanceof ProviderError && parts.length > 1 && refusals.length === parts.length) throw refusal;
    const certain: FoundItem[] = [];
    for (const [index, part] of parts.entries()) {
      const name = names[index];
      const again = part instanceof ProviderError && part.kind === 'Unavailable' && name !== undefined;
      certain.push(again ? ((await this.ask([name]))[0] ?? null) : part);
    }
    return certain;
  }

  private async ask(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    try {
      const { parts, bytes } = await this.door.client.call(this.door.access, getItem(names, this.more));
      this.size = sizeAfter(bytes / names.length);
      if (parts.length !== names.length)
        throw new ProviderError('Unavailable', { detail: 'an answer with a part missing' });
      return parts.map(foundIn);
    } catch (error) {
      // An answer too large to be taken.
      if (!(error instanceof ProviderError) || error.kind !== 'Unreadable') throw error;
      return names.length === 1 ? [error] : this.inHalves(names);
    }
  }

  private async inHalves(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    const half = Math.ceil(names.length / 2);
    this.size = Math.min(this.size, half);
    return [...(await this.ask(names.slice(0, half))), ...(await this.ask(names.slice(half)))];
  }
}

/** One item. @throws ProviderError, `Gone` where there is none */
export async function getOne({ client, access }: ItemDoor, name: ItemName): Promise<ForeignRecord> {
  const item = itemIn(await client.ask(access, getItem([name])));
  if (item === null) throw new ProviderError('Gone', { detail: 'no calendar item' });
  return item;
}

function getItem(names: readonly ItemName[], more: readonly string[] = []): EwsOperation {
  return {
    name: 'GetItem',
    aboutOneCalendar: true,
    content: ITEMS,
    request: (version) =>
      markup('m:GetItem', {}, [itemShape(version, more), markup('m:ItemIds', {}, names.map(itemName))]),
  };
}

/** Items of other kinds are none. */
function itemIn(content: ForeignRecord): ForeignRecord | null {
  const [item] = listOf(content['Items']).filter(isRecord);
  return item ?? null;
}

function foundIn(part: PartAnswer): FoundItem {
  if (part.ok) return itemIn(part.content);
  return part.error.kind === 'Gone' ? null : part.error;
}

const sizeAfter = (bytesEach: number): number =>
  Math.min(Math.max(Math.floor(WANTED_BYTES / bytesEach), 1), LARGEST_BATCH);
