/**
 * Settings that programs keep in folders, by name: `GetUserConfiguration` and its kin. A mailbox whose owner has chosen a zone in
 * Outlook on the web has `OWA.UserOptions` in its root from the first day.
 * Source: [MS-OXWSUSRCFG] 3.1.4; learn.microsoft.com/exchange/client-developer/web-service-reference/getuserconfiguration-operation.
 */
import { idOf, keyFor } from '../mailbox/ids';
import { targetFolder } from '../mailbox/named-folders';
import type { FolderRecord } from '../mailbox/records';
import type { Call, Operation, Operations } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { responseOf, successMessage } from '../soap/response-messages';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import type { DirectorySurroundings } from './directory-around';
import type { UserConfiguration } from './directory-book';

export function configurationOperations(around: DirectorySurroundings): Operations {
  return {
    GetUserConfiguration: getUserConfiguration(around),
    CreateUserConfiguration: putConfiguration(around, { operation: 'CreateUserConfiguration', isNew: true }),
    UpdateUserConfiguration: putConfiguration(around, { operation: 'UpdateUserConfiguration', isNew: false }),
    DeleteUserConfiguration: deleteUserConfiguration(around),
  };
}

interface Place {
  readonly folder: FolderRecord;
  readonly name: string;
}

/** @throws EwsRefusal as {@link targetFolder} */
function placeOf({ store }: DirectorySurroundings, named: XmlElement | null, asking: Asking): Place {
  return { folder: targetFolder(store, named, asking), name: named?.attributes['Name'] ?? '' };
}

interface Asking {
  readonly call: Call;
  readonly need: 'read' | 'modify';
}

/** @throws EwsRefusal ErrorItemNotFound */
function found(around: DirectorySurroundings, place: Place): UserConfiguration {
  const kept = keptIn(around, place);
  if (kept !== null) return kept;
  throw new EwsRefusal(
    'ErrorItemNotFound',
    `The specified object was not found in the store., The configuration object was not found. Name = ${place.name}.`,
  );
}

function keptIn({ book, zoneOf }: DirectorySurroundings, { folder, name }: Place): UserConfiguration | null {
  const written = book.configurationOf(folder.key, name);
  if (written !== undefined) return written;
  const zone = folder.distinguished === 'root' && name === 'OWA.UserOptions' ? zoneOf(folder.mailbox) : null;
  return zone === null ? null : [element('Dictionary', [entry('timezone', zone)])];
}

function entry(key: string, value: string): XmlElement {
  const content = (text: string): XmlElement[] => [element('Type', 'String'), element('Value', text)];
  return element('DictionaryEntry', [
    element('DictionaryKey', content(key)),
    element('DictionaryValue', content(value)),
  ]);
}

const PROPERTIES: ReadonlySet<string> = new Set(['Dictionary', 'XmlData', 'BinaryData']);

function getUserConfiguration(around: DirectorySurroundings): Operation {
  return (request, call) => {
    const named = childOf(request, 'UserConfigurationName');
    const place = placeOf(around, named, { call, need: 'read' });
    const kept = found(around, place);
    const wanted = (textOf(request, 'UserConfigurationProperties') ?? '').split(' ');
    const isWanted = (property: string): boolean => wanted.includes(property) || wanted.includes('All');
    const id = idOf('item', keyFor(`${place.folder.key} ${place.name}`));
    const configuration = element('UserConfiguration', [
      named === null ? null : { ...named, name: 'UserConfigurationName' },
      isWanted('Id') ? element('ItemId', [], { Id: id }) : null,
      ...kept.filter(({ name }) => isWanted(name)),
    ]);
    return responseOf('GetUserConfiguration', [successMessage('GetUserConfiguration', [configuration])]);
  };
}

function putConfiguration(
  around: DirectorySurroundings,
  { operation, isNew }: { readonly operation: string; readonly isNew: boolean },
): Operation {
  return (request, call) => {
    const given = childOf(request, 'UserConfiguration');
    const place = placeOf(around, childOf(given, 'UserConfigurationName'), { call, need: 'modify' });
    if (isNew && keptIn(around, place) !== null)
      throw new EwsRefusal('ErrorItemSave', 'A user configuration of this name exists already.');
    const before = isNew ? [] : found(around, place);
    const own = (given?.children ?? []).filter(({ name }) => PROPERTIES.has(name));
    const named = new Set(own.map(({ name }) => name));
    const kept = [...before.filter(({ name }) => !named.has(name)), ...own];
    around.book.setConfiguration(place.folder.key, place.name, kept);
    return responseOf(operation, [successMessage(operation)]);
  };
}

function deleteUserConfiguration(around: DirectorySurroundings): Operation {
  return (request, call) => {
    const place = placeOf(around, childOf(request, 'UserConfigurationName'), { call, need: 'modify' });
    found(around, place);
    around.book.setConfiguration(place.folder.key, place.name, null);
    return responseOf('DeleteUserConfiguration', [successMessage('DeleteUserConfiguration')]);
  };
}
