import type { Operation, Operations } from '../soap/operation';
import { childOf, type XmlElement } from '../wire/element';
import { isWrite } from './is-write';

/** One write that was carried out. */
export interface NotedWrite {
  /** Whose mailbox was asked. */
  readonly mailbox: string;
  readonly operation: string;
  /** Id of the item, folder or attachment; empty for what leaves none, such as a mail that is only sent. */
  readonly itemId: string;
}

/** The same operations; each write that is carried out is told, part by part, whatever becomes of its answer. */
export function notedOperations(operations: Operations, note: (write: NotedWrite) => void): Operations {
  const noted = (name: string, operation: Operation): Operation =>
    async function carryOut(request, call) {
      const answer = await operation(request, call);
      for (const itemId of idsWritten(request, answer)) note({ mailbox: call.mailbox, operation: name, itemId });
      return answer;
    };
  return mapOperations(operations, (name, operation) => (isWrite(name) ? noted(name, operation) : operation));
}

/** The same table with other operations in it; those that are streamed stay as they are. */
export function mapOperations(
  operations: Operations,
  changed: (name: string, operation: Operation) => Operation,
): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      typeof operation === 'function' ? changed(name, operation) : operation,
    ]),
  );
}

/** One id for each part that was carried out: from its answer, or from the request where the answer has none. */
function idsWritten(request: XmlElement, answer: XmlElement): readonly string[] {
  const named = namedIn(request);
  const messages = childOf(answer, 'ResponseMessages')?.children ?? [answer];
  return messages.flatMap((message, index) =>
    message.attributes['ResponseClass'] !== 'Success' ? [] : [idIn(message) ?? named[index] ?? ''],
  );
}

const LISTS = ['ItemIds', 'FolderIds', 'AttachmentIds'];
const ID_ATTRIBUTES = ['Id', 'OccurrenceId', 'RecurringMasterId'];

const namedIn = ({ children }: XmlElement): readonly string[] =>
  children
    .filter(({ name }) => LISTS.includes(name))
    .flatMap((list) => list.children.map(({ attributes }) => idAttribute(attributes) ?? ''));

const idAttribute = (attributes: XmlElement['attributes']): string | undefined =>
  ID_ATTRIBUTES.map((name) => attributes[name]).find((id) => id !== undefined);

/** The first id of an item, folder or attachment anywhere in an answer. */
function idIn({ name, attributes, children }: XmlElement): string | null {
  if (/^(?:Item|Folder|Attachment)Id$/.test(name)) return attributes['Id'] ?? null;
  for (const child of children) {
    const found = idIn(child);
    if (found !== null) return found;
  }
  return null;
}
