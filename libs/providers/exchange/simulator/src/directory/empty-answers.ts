import type { Operation } from '../soap/operation';
import { element, type XmlElement } from '../wire/element';

const success = (name: string, content: readonly XmlElement[]): XmlElement =>
  element(name, [element('ResponseCode', 'NoError'), ...content], { ResponseClass: 'Success' });

/** The simulated organisation has no rooms. */
export const getRoomLists: Operation = () => success('GetRoomListsResponse', [element('RoomLists')]);

export const getRooms: Operation = () => success('GetRoomsResponse', [element('Rooms')]);

/** Mailboxes here have no rules. */
export const getInboxRules: Operation = () =>
  success('GetInboxRulesResponse', [element('OutlookRuleBlobExists', false), element('InboxRules')]);

/** Passwords here never expire, which Exchange tells by the last day there is. */
export const getPasswordExpirationDate: Operation = () =>
  success('GetPasswordExpirationDateResponse', [element('PasswordExpirationDate', '9999-12-31T23:59:59Z')]);
