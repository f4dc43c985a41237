/**
 * Items by their names, in batches. An answer must neither be too large nor keep a server busy for long, and items differ by
 * their bodies a thousandfold, so that each batch is as long as the answers before it allow.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getitem-operation.
 */
import { type ForeignRecord, isRecord, listOf, ProviderError } from '@daybook/provider-port';
import { markup } from '../transport/markup';
import type { EwsOperation, PartAnswer } from '../transport/ews-client';
import { withDayZone } from './day-zone';
import { type ItemName, itemName } from './item-address';
import type { ItemDoor } from './item-door';
import { isOfAnotherKind, itemShape, ITEMS } from './item-fields';

/** An item, null where there is none (any more), or why it is not given. */
export type FoundItem = ForeignRecord | null | ProviderError;

export const isItem = (item: FoundItem): item is ForeignRecord => item !== null && !(item instanceof ProviderError);

const FIRST_BATCH = 40;
const LARGEST_BATCH = 100;
const WANTED_BYTES = 1_500_000;
const BATCHES_AT_ONCE = 3;

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

  /** The same one by one, so that no more than a few batches are held at once: the next is asked for when one is through. */
  async *each(names: readonly ItemName[]): AsyncIterable<FoundItem> {
    const asked: Promise<readonly FoundItem[]>[] = [];
    for (let at = 0; at < names.length || asked.length > 0;) {
      while (asked.length < BATCHES_AT_ONCE && at < names.length) {
        const batch = names.slice(at, at + this.size);
        at += batch.length;
        asked.push(this.begun(batch));
      }
      yield* (await asked.shift()) ?? [];
    }
  }

  /** What goes wrong with it is met when it is its turn. */
  private begun(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    const batch = this.batch(names);
    batch.catch(() => undefined);
    return batch;
  }

  private async batch(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    const found: FoundItem[] = [];
    while (found.length < names.length) found.push(...(await this.firstOf(names.slice(found.length))));
    const placed: FoundItem[] = [];
    for (const item of found) placed.push(isItem(item) ? await withDayZone(this.door, item) : item);
    return placed;
  }

  /** What is found of the first of them, one at least. */
  private async firstOf(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    const parts = await this.ask(names);
    const refusals = parts.filter(isMomentary);
    const [refusal] = refusals;
    if (refusal !== undefined && names.length > 1 && refusals.length === parts.length) throw refusal;
    const certain: FoundItem[] = [];
    for (const [index, part] of parts.entries()) {
      const name = names[index];
      const again = isMomentary(part) && name !== undefined;
      certain.push(again ? ((await this.ask([name]))[0] ?? part) : part);
    }
    return certain;
  }

  /**
   * What came of each, in their order. Some refusals end a batch: those behind it, which nobody has looked at, are left out, so
   * that what is said of the first of them is no word on the others.
   */
  private async ask(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    try {
      const { parts, bytes } = await this.door.client.call(this.door.access, getItem(names, this.more));
      this.size = sizeAfter(bytes / names.length);
      if (parts.length !== names.length)
        throw new ProviderError('Unavailable', { detail: 'an answer with a part missing' });
      const end = parts.findIndex((part, index) => index > 0 && !part.ok && part.untried === true);
      return parts.slice(0, end < 0 ? parts.length : end).map(foundIn);
    } catch (error) {
      // An answer too large to be taken.
      if (!(error instanceof ProviderError) || error.kind !== 'Unreadable') throw error;
      return names.length === 1 ? [error] : this.inHalves(names);
    }
  }

  private async inHalves(names: readonly ItemName[]): Promise<readonly FoundItem[]> {
    const half = Math.ceil(names.length / 2);
    this.size = Math.min(this.size, half);
    const first = await this.ask(names.slice(0, half));
    return first.length < half ? first : [...first, ...(await this.ask(names.slice(half)))];
  }
}

const isMomentary = (part: FoundItem): part is ProviderError =>
  part instanceof ProviderError && part.kind === 'Unavailable';

/** One item. @throws ProviderError, `Gone` where there is none */
export async function getOne(door: ItemDoor, name: ItemName): Promise<ForeignRecord> {
  const item = itemIn(await door.client.ask(door.access, getItem([name])));
  if (item === null) throw new ProviderError('Gone', { detail: 'no calendar item' });
  if (item instanceof ProviderError) throw item;
  return withDayZone(door, item);
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

/** Null for an item of another kind. An answer that says yes and holds nothing says of no item that it is gone. */
function itemIn(content: ForeignRecord): FoundItem {
  const [item] = listOf(content['Items']).filter(isRecord);
  if (item === undefined) return new ProviderError('Unreadable', { detail: 'an answer without its item' });
  return isOfAnotherKind(item) ? null : item;
}

function foundIn(part: PartAnswer): FoundItem {
  if (part.ok) return itemIn(part.content);
  return part.error.kind === 'Gone' ? null : part.error;
}

const sizeAfter = (bytesEach: number): number =>
  Math.min(Math.max(Math.floor(WANTED_BYTES / bytesEach), 1), LARGEST_BATCH);
