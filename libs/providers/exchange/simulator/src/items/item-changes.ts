import { EwsRefusal } from '../soap/refusal';
import { element, type XmlElement } from '../wire/element';
import { cannotSet } from './item-fields';
import { itemType } from './item-kinds';
import { valueAt, without, withValue, type Fields } from './places';
import { isPath, pathKey, readPath, type PropertyPath } from './property-path';
import { isAppendable, isFixed, isGivenOnce } from './read-only-fields';
import { complexType } from '../wire/schema';

/** Fields after a list of changes, and the names of those that were touched. */
export interface Changes {
  readonly fields: Fields;
  readonly changed: readonly string[];
}

/**
 * Carries out `SetItemField`, `AppendToItemField` and `DeleteItemField` in their order.
 * @throws EwsRefusal for the first one that cannot be: ErrorInvalidPropertySet, …Append, …Delete,
 * ErrorIncorrectUpdatePropertyCount, ErrorUpdatePropertyMismatch, ErrorInvalidPropertyRequest, ErrorObjectTypeChanged
 */
export function withChanges(kind: string, fields: Fields, updates: readonly XmlElement[]): Changes {
  return updates.reduce<Changes>(
    (before, update) => {
      const uri = update.children.find(isPath);
      if (uri === undefined) throw cannotSet();
      const path = readPath(uri);
      checkKind(kind, path, uri);
      const given = update.children.find((child) => !isPath(child)) ?? null;
      if (update.name === 'SetItemField' && saysNothing(before.fields, path, given)) return before;
      const after = changedBy(before.fields, { action: update.name, path, given, kind });
      return { fields: after, changed: [...before.changed, path.kind === 'extended' ? pathKey(path) : path.name] };
    },
    { fields, changed: [] },
  );
}

/** What can be given only once may be said again as it is: some clients send back all that they know of an item. */
function saysNothing(fields: Fields, path: PropertyPath, given: XmlElement | null): boolean {
  if (path.kind !== 'field' || !isGivenOnce(path.name)) return false;
  const known = valueAt(fields, path);
  return known !== null && given?.children.length === 1 && valueAt(given.children, path)?.text === known.text;
}

function checkKind(kind: string, path: PropertyPath, uri: XmlElement): void {
  if (path.kind === 'extended' || complexType(itemType(kind) ?? '')?.elements.has(path.name) === true) return;
  const message = 'Property is not valid for this object type.';
  throw new EwsRefusal('ErrorInvalidPropertyRequest', message, { messageXml: [uri] });
}

interface Change {
  readonly action: string;
  readonly path: PropertyPath;
  readonly given: XmlElement | null;
  readonly kind: string;
}

function changedBy(fields: Fields, { action, path, given, kind }: Change): Fields {
  const isClosed = path.kind !== 'extended' && isFixed(path.name);
  if (action === 'DeleteItemField') {
    if (isClosed) throw new EwsRefusal('ErrorInvalidPropertyDelete', 'Delete action is invalid for property.');
    return without(fields, path);
  }
  const values = oneValue(given, path, kind);
  if (action === 'SetItemField') {
    if (isClosed) throw cannotSet();
    return withValue(fields, path, values);
  }
  if (path.kind !== 'field' || !isAppendable(path.name)) {
    throw new EwsRefusal('ErrorInvalidPropertyAppend', 'Append action is invalid for property.');
  }
  return withValue(fields, path, [appended(valueAt(fields, path), valueAt(values, path) ?? element(path.name))]);
}

/** What a change holds beside its path: one property, the one that the path names. */
function oneValue(given: XmlElement | null, path: PropertyPath, kind: string): Fields {
  const fields = given?.children ?? [];
  if (given !== null && given.name !== kind && given.name !== 'Item' && kind !== 'Item') {
    throw new EwsRefusal('ErrorObjectTypeChanged', 'The object type changed.');
  }
  if (fields.length !== 1) {
    throw new EwsRefusal(
      'ErrorIncorrectUpdatePropertyCount',
      'An object within a change description must contain one and only one property to modify.',
    );
  }
  if (valueAt(fields, path) === null) {
    throw new EwsRefusal('ErrorUpdatePropertyMismatch', 'The property of the change does not match its path.');
  }
  return fields;
}

function appended(before: XmlElement | null, more: XmlElement): XmlElement {
  if (before === null) return more;
  if (more.children.length > 0) return { ...before, children: [...before.children, ...more.children] };
  return { ...before, text: before.text + more.text };
}
