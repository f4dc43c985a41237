import { idOf, readId } from '../mailbox/ids';
import { targetFolder } from '../mailbox/named-folders';
import type { FolderRecord } from '../mailbox/records';
import type { LogRow } from '../mailbox/sync-log';
import { nextPage, SyncStates, type SyncState } from '../mailbox/sync-state';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { responseOf, successMessage } from '../soap/response-messages';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { noteServed } from './get-item';
import { itemAnswer } from './item-answer';
import type { ItemSurroundings } from './item-around';
import { readItemShape, type ItemShape } from './item-shape';
import { itemId } from './named-items';

const OPERATION = 'SyncFolderItems';

/** `SyncFolderItems`: changes of a folder since a state, newest first, a page at a time. */
export function syncFolderItems(around: ItemSurroundings): Operation {
  return (request, call) => {
    const folder = folderOf(around, request, call);
    const states = new SyncStates(around.store.secret('sync-states'));
    const before = states.open(textOf(request, 'SyncState'), `items ${folder.key}`);
    const most = Number(textOf(request, 'MaxChangesReturned') ?? 1);
    const { rows, state, isLast } = nextPage(around.store.logOf(folder.key), before, most);
    const round: Round = {
      around,
      call,
      before,
      shape: readItemShape(childOf(request, 'ItemShape')),
      ignored: ignoredKeys(request),
      withAssociated: textOf(request, 'SyncScope') === 'NormalAndAssociatedItems',
    };
    const changes = rows.flatMap((row) => changeOf(row, round));
    noteServed(
      around,
      changes.flatMap(({ children }) => children),
      call,
    );
    return responseOf(OPERATION, [
      successMessage(OPERATION, [
        element('SyncState', states.seal(state)),
        element('IncludesLastItemInRange', isLast),
        element('Changes', changes),
      ]),
    ]);
  };
}

function folderOf({ store }: ItemSurroundings, request: XmlElement, call: Call): FolderRecord {
  try {
    return targetFolder(store, childOf(request, 'SyncFolderId'), { call, need: 'read' });
  } catch (error) {
    const isMissing = error instanceof EwsRefusal && error.responseCode === 'ErrorFolderNotFound';
    throw isMissing ? new EwsRefusal('ErrorSyncFolderNotFound', 'The folder to synchronise was not found.') : error;
  }
}

const ignoredKeys = (request: XmlElement): ReadonlySet<string> =>
  new Set(
    (childOf(request, 'Ignore')?.children ?? []).map(({ attributes }) => readId(attributes['Id'] ?? '')?.key ?? ''),
  );

interface Round {
  readonly around: ItemSurroundings;
  readonly call: Call;
  readonly before: SyncState;
  readonly shape: ItemShape;
  readonly ignored: ReadonlySet<string>;
  readonly withAssociated: boolean;
}

function changeOf(row: LogRow, { around, call, before, shape, ignored, withAssociated }: Round): XmlElement[] {
  if (ignored.has(row.key)) return [];
  const item = around.store.items.get(row.key);
  if (item === undefined) return [element('Delete', [element('ItemId', [], { Id: idOf('item', row.key) })])];
  if (item.associated && !withAssociated) return [];
  const target = { item, day: null };
  const isKnown = row.bornVersion <= before.since;
  if (isKnown && row.contentVersion <= before.since) {
    const isRead = item.fields.find(({ name }) => name === 'IsRead')?.text ?? 'true';
    return [element('ReadFlagChange', [itemId(around, target), element('IsRead', isRead)])];
  }
  return [element(isKnown ? 'Update' : 'Create', [itemAnswer(around, target, { shape, isList: true, call })])];
}
