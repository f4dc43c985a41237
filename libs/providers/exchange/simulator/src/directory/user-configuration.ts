import { targetFolder } from '../mailbox/named-folders';
import type { Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { childOf, type XmlElement } from '../wire/element';
import type { DirectorySurroundings } from './directory-around';

/** `GetUserConfiguration`: clients look for settings of other programs (`CategoryList`, `OWA.UserOptions`), of which there are none. */
export function getUserConfiguration({ store }: DirectorySurroundings): Operation {
  return (request, call): XmlElement => {
    const name = childOf(request, 'UserConfigurationName');
    targetFolder(store, name, { call, need: 'read' });
    throw new EwsRefusal(
      'ErrorItemNotFound',
      `The specified object was not found in the store., The configuration object was not found. Name = ${name?.attributes['Name'] ?? ''}.`,
    );
  };
}
