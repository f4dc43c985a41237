import type { Call } from '../soap/operation';
import { element, type XmlElement } from '../wire/element';
import type { ItemSurroundings } from './item-around';
import { shapedItem, type ItemShape } from './item-shape';
import { wholeItem } from './item-view';
import type { MeetingTarget } from './meeting-desk';
import { itemId } from './named-items';

interface Answering {
  readonly shape: ItemShape;
  /** True for answers that list items. */
  readonly isList: boolean;
  readonly call: Call;
}

/** An item as a shape asks for it. Who asks for its id only, as most do who synchronise, waits for nothing else to be made. */
export function itemAnswer(
  around: ItemSurroundings,
  target: MeetingTarget,
  { shape, isList, call }: Answering,
): XmlElement {
  const { base, paths, includesMime } = shape;
  const isIdOnly = base === 'IdOnly' && paths.length === 0 && !includesMime;
  if (isIdOnly && target.day === null) return element(target.item.kind, [itemId(around, target)]);
  return shapedItem(wholeItem(around, target, call), shape, isList);
}
