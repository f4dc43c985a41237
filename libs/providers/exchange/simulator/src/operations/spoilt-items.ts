import { EwsRefusal } from '../soap/refusal';
import { refusalMessage } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';

/** Ways in which items of real mailboxes are damaged; each fits the schema. */
const DAMAGES: readonly ((item: XmlElement) => XmlElement)[] = [
  // A broken client wrote an end before the start.
  (item) => replaced(item, element('End', '1899-12-30T00:00:00Z')),
  // An importer left the end out.
  (item) => ({ ...item, children: item.children.filter(({ name }) => name !== 'End') }),
];

const replaced = (item: XmlElement, field: XmlElement): XmlElement => ({
  ...item,
  children: item.children.map((child) => (child.name === field.name ? field : child)),
});

/**
 * An answer whose first calendar item cannot be read. Which way hangs on its id, so that the same one is damaged alike again;
 * `GetItem` may also say that it is corrupt. Answers without times of an item stay as they are, and `strikes` is not asked.
 */
export function spoiltItems(answer: XmlElement, strikes: () => boolean): XmlElement {
  const victim = timed(answer);
  if (victim === null || !strikes()) return answer;
  const id = childOf(victim, 'ItemId')?.attributes['Id'] ?? '';
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const isSingle = answer.name === 'GetItemResponse';
  const damage = DAMAGES[sum % (isSingle ? DAMAGES.length + 1 : DAMAGES.length)];
  if (damage !== undefined) return withInstead(answer, victim, damage(victim));
  const corrupt = refusalMessage('GetItem', new EwsRefusal('ErrorCorruptData', 'The data is corrupt.'));
  const message = childOf(answer, 'ResponseMessages')?.children.find((one) => timed(one) === victim);
  return message === undefined ? answer : withInstead(answer, message, corrupt);
}

/** The first calendar item that says when it is. */
function timed(tree: XmlElement): XmlElement | null {
  if (tree.name === 'CalendarItem') {
    return childOf(tree, 'Start') !== null && childOf(tree, 'End') !== null ? tree : null;
  }
  for (const child of tree.children) {
    const found = timed(child);
    if (found !== null) return found;
  }
  return null;
}

function withInstead(tree: XmlElement, part: XmlElement, other: XmlElement): XmlElement {
  if (tree === part) return other;
  const children = tree.children.map((child) => withInstead(child, part, other));
  return children.every((child, index) => child === tree.children[index]) ? tree : { ...tree, children };
}
