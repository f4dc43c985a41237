import type { Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { element, type XmlElement } from '../wire/element';

const success = (name: string, content: readonly XmlElement[]): XmlElement =>
  element(name, [element('ResponseCode', 'NoError'), ...content], { ResponseClass: 'Success' });

/** The simulated organisation has no rooms. */
export const getRoomLists: Operation = () => success('GetRoomListsResponse', [element('RoomLists')]);

export const getRooms: Operation = () => success('GetRoomsResponse', [element('Rooms')]);

/** Mailboxes here have no rules. */
export const getInboxRules: Operation = () =>
  success('GetInboxRulesResponse', [element('OutlookRuleBlobExists', false), element('InboxRules')]);

/** `FindPeople` and `GetPersona`: people are found by `ResolveNames` here, which all versions have. */
export const noPersonas: Operation = ({ name }): XmlElement => {
  throw new EwsRefusal('ErrorInvalidOperation', `The operation ${name} is not supported.`);
};
