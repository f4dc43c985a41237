import { SimulatorRefusal } from '@daybook/simulator-kit';
import type { ItemSurroundings } from '../items/item-around';
import { wholeItem } from '../items/item-view';
import { contextOf, itemNamed, keptOf } from '../items/named-items';
import type { Fields } from '../items/places';
import { idOf } from '../mailbox/ids';
import { folderNamed } from '../mailbox/named-folders';
import { addMailbox } from '../mailbox/new-mailbox';
import type { FolderRecord } from '../mailbox/records';
import type { Call, Operations } from '../soap/operation';
import { ownCall } from '../soap/own-call';
import { EwsRefusal } from '../soap/refusal';
import { childOf, element, textOf, type XmlElement } from '../wire/element';

/** A folder as the control side lists it. */
export interface FolderCount {
  readonly id: string;
  readonly name: string;
  readonly folderClass: string;
  readonly items: number;
}

/** How a write of the control side is carried out; without it nobody is told of meetings and deleted items are gone. */
export interface DeskOptions {
  /** A distinguished name, or the id of a folder. */
  readonly folder?: string;
  /** What is sent to attendees: `SendToNone`, `SendOnlyToAll`, `SendToAllAndSaveCopy`. */
  readonly send?: string;
  /** A value of `DisposalType`. */
  readonly mode?: string;
  /** Whether an organizer hears of an answer: a value of `MessageDispositionType`. */
  readonly disposition?: string;
}

/**
 * Mailboxes from the control side: what a person could do over the wire, by the same operations, but without envelope,
 * sign-in and schema. Each method may throw the `EwsRefusal` that the wire would answer.
 */
export class ItemDesk {
  constructor(
    private readonly around: ItemSurroundings,
    private readonly operations: Operations,
    private readonly clock: { now(): number },
  ) {}

  createMailbox(email: string, displayName: string): void {
    addMailbox(this.around.store, { email, displayName, created: this.clock.now() });
  }

  /** Makes a folder (`CalendarFolder`, `Folder` …) below another one; returns its id. */
  async createFolder(email: string, parent: string, folder: XmlElement): Promise<string> {
    const request = element('CreateFolder', [
      element('ParentFolderId', [folderElement(parent)]),
      element('Folders', [folder]),
    ]);
    return idIn(await this.carriedOut(email, request));
  }

  /** Gives somebody a permission level (`Reviewer`, `Editor` …) for a calendar, in place of all others; returns its id. */
  async share(email: string, withEmail: string, { level, folder }: { level: string; folder: string }): Promise<string> {
    const permission = element('CalendarPermission', [
      element('UserId', [element('PrimarySmtpAddress', this.known(withEmail))]),
      element('CalendarPermissionLevel', level),
    ]);
    const set = element('PermissionSet', [element('CalendarPermissions', [permission])]);
    const update = element('SetFolderField', [
      element('FieldURI', [], { FieldURI: 'folder:PermissionSet' }),
      element('CalendarFolder', [set]),
    ]);
    const change = element('FolderChange', [folderElement(folder), element('Updates', [update])]);
    return idIn(await this.carriedOut(email, element('UpdateFolder', [element('FolderChanges', [change])])));
  }

  /** Makes an item as its person would; returns its id, or an empty text for what leaves no item. */
  async create(
    email: string,
    item: XmlElement,
    { folder, send = 'SendToNone', disposition = 'SaveOnly' }: DeskOptions = {},
  ): Promise<string> {
    const target = folder === undefined ? [] : [element('SavedItemFolderId', [folderElement(folder)])];
    const request = element('CreateItem', [...target, element('Items', [item])], {
      MessageDisposition: disposition,
      SendMeetingInvitations: send,
    });
    return idIn(await this.carriedOut(email, request));
  }

  /** Sets fields of an item whatever its version, and takes others (by name) away; returns its id. */
  async update(
    email: string,
    id: string,
    { set = [], removed = [], send = 'SendToNone' }: { set?: Fields; removed?: readonly string[]; send?: string },
  ): Promise<string> {
    const { item } = itemNamed(this.around, itemElement(id), { call: this.call(email), need: 'modify' });
    const updates = [
      ...set.map((field) => element('SetItemField', [pathOf(field), element(item.kind, [field])])),
      ...removed.map((name) => element('DeleteItemField', [pathOf(element(name))])),
    ];
    const change = element('ItemChange', [itemElement(id), element('Updates', updates)]);
    const request = element('UpdateItem', [element('ItemChanges', [change])], {
      ConflictResolution: 'AlwaysOverwrite',
      MessageDisposition: 'SaveOnly',
      SendMeetingInvitationsOrCancellations: send,
    });
    return idIn(await this.carriedOut(email, request));
  }

  async remove(
    email: string,
    id: string,
    { send = 'SendToNone', mode = 'HardDelete' }: DeskOptions = {},
  ): Promise<void> {
    const request = element('DeleteItem', [element('ItemIds', [itemElement(id)])], {
      DeleteType: mode,
      SendMeetingCancellations: send,
      AffectedTaskOccurrences: 'AllOccurrences',
    });
    await this.carriedOut(email, request);
  }

  /** An item, or one occurrence, with all that can be asked of it; null when there is none of this id. */
  item(email: string, id: string): XmlElement | null {
    const call = this.call(email);
    try {
      return wholeItem(this.around, itemNamed(this.around, itemElement(id), { call, need: 'read' }), call);
    } catch (error) {
      if (error instanceof EwsRefusal) return null;
      throw error;
    }
  }

  /** Items of a folder (a distinguished name or an id) in the order in which they came. */
  items(email: string, folder: string): readonly XmlElement[] {
    const call = this.call(email);
    const { key } = folderNamed(this.around.store, folderElement(folder), { call, need: 'read' });
    return this.around.store.itemsIn(key).map((item) => wholeItem(this.around, { item, day: null }, call));
  }

  /** What takes place in the calendar between two instants (epoch milliseconds), series expanded, by start. */
  agenda(email: string, from: number, to: number): readonly XmlElement[] {
    const call = this.call(email);
    const { store, calendar } = this.around;
    const { key } = folderNamed(store, folderElement('calendar'), { call, need: 'read' });
    const items = new Map(store.itemsIn(key).map((item) => [idOf('item', item.key), item]));
    const [first] = items.values();
    if (first === undefined) return [];
    const [StartDate, EndDate] = [from, to].map((instant) => new Date(instant).toISOString());
    const view = element('CalendarView', [], { StartDate, EndDate });
    const { rows } = calendar.view(view, [...items.values()].map(keptOf), contextOf(this.around, first, call));
    return rows.flatMap(({ kept, day }) => {
      const item = items.get(kept.id);
      return item === undefined ? [] : [wholeItem(this.around, { item, day }, call)];
    });
  }

  /** Folders of a mailbox that hold items of a class: `IPF.Appointment`. */
  counts(email: string, folderClass: string): readonly FolderCount[] {
    const { store } = this.around;
    const wanted = (folder: FolderRecord): boolean => `${folder.folderClass}.`.startsWith(`${folderClass}.`);
    return store
      .foldersOf(this.known(email))
      .filter(wanted)
      .map((folder) => ({
        id: idOf('folder', folder.key),
        name: folder.displayName,
        folderClass: folder.folderClass,
        items: store.itemsIn(folder.key).length,
      }));
  }

  private known(email: string): string {
    const address = email.trim().toLowerCase();
    if (this.around.store.mailboxes.has(address)) return address;
    throw new SimulatorRefusal('unknown_mailbox', `there is no mailbox ${email}`);
  }

  private call(email: string): Call {
    return ownCall(this.known(email), this.clock.now());
  }

  /** The only response message of an operation. @throws EwsRefusal when it says no */
  private async carriedOut(email: string, request: XmlElement): Promise<XmlElement | null> {
    const operation = this.operations[request.name];
    if (typeof operation !== 'function') throw new SimulatorRefusal('invalid', `there is no operation ${request.name}`);
    const answer = await operation(request, this.call(email));
    const message = childOf(answer, 'ResponseMessages')?.children[0] ?? null;
    if (message?.attributes['ResponseClass'] !== 'Error') return message;
    throw new EwsRefusal(textOf(message, 'ResponseCode') ?? '', textOf(message, 'MessageText') ?? '');
  }
}

const itemElement = (id: string): XmlElement => element('ItemId', [], { Id: id });

/** Distinguished names are words; ids are longer and hold digits. */
const folderElement = (name: string): XmlElement =>
  element(/^[a-z]+$/.test(name) ? 'DistinguishedFolderId' : 'FolderId', [], { Id: name });

const pathOf = (field: XmlElement): XmlElement =>
  childOf(field, 'ExtendedFieldURI') ?? element('FieldURI', [], { FieldURI: `item:${field.name}` });

/** The id that a response message names first. */
function idIn(message: XmlElement | null): string {
  const id = message?.children.find(({ name }) => name === 'ItemId' || name === 'FolderId');
  if (id !== undefined) return id.attributes['Id'] ?? '';
  return message?.children.map(idIn).find((text) => text !== '') ?? '';
}
