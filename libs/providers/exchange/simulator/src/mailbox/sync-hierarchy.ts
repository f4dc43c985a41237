import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { responseOf, successMessage } from '../soap/response-messages';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { readFolderShape, shapedFolder, wholeFolder, type FolderShape } from './folder-view';
import { idOf } from './ids';
import type { MailboxStore } from './mailbox-store';
import { isWithin, targetFolder } from './named-folders';
import type { FolderRecord } from './records';
import type { LogRow } from './sync-log';
import { nextPage, SyncStates, type SyncState } from './sync-state';

const OPERATION = 'SyncFolderHierarchy';

/** `SyncFolderHierarchy`: changes of the folders below one, oldest first, so that parents come before what is in them. */
export function syncFolderHierarchy(store: MailboxStore): Operation {
  return (request, call) => {
    const root = rootOf(store, request, call);
    const states = new SyncStates(store.secret('sync-states'));
    const before = states.open(textOf(request, 'SyncState'), `hierarchy ${root.key}`);
    const shape = readFolderShape(childOf(request, 'FolderShape'));
    const { rows, state } = nextPage(store.logOf(root.mailbox), before, Infinity);
    const changes = [...rows].reverse().flatMap((row) => changeOf(store, row, { root, before, shape, call }));
    return responseOf(OPERATION, [
      successMessage(OPERATION, [
        element('SyncState', states.seal(state)),
        element('IncludesLastFolderInRange', true),
        element('Changes', changes),
      ]),
    ]);
  };
}

function rootOf(store: MailboxStore, request: XmlElement, call: Call): FolderRecord {
  const given = childOf(request, 'SyncFolderId') ?? element('', [element('DistinguishedFolderId', [], { Id: 'root' })]);
  try {
    return targetFolder(store, given, { call, need: 'read' });
  } catch (error) {
    const isMissing = error instanceof EwsRefusal && error.responseCode === 'ErrorFolderNotFound';
    throw isMissing ? new EwsRefusal('ErrorSyncFolderNotFound', 'The folder to synchronise was not found.') : error;
  }
}

interface Round {
  readonly root: FolderRecord;
  readonly before: SyncState;
  readonly shape: FolderShape;
  readonly call: Call;
}

function changeOf(store: MailboxStore, row: LogRow, { root, before, shape, call }: Round): XmlElement[] {
  if (row.key === root.key) return [];
  const folder = store.folders.get(row.key);
  const isKnown = row.bornVersion <= before.since;
  if (folder === undefined || !isWithin(store, folder, root)) {
    return isKnown ? [element('Delete', [element('FolderId', [], { Id: idOf('folder', row.key) })])] : [];
  }
  const shaped = shapedFolder(wholeFolder(store, folder, call.mailbox), shape);
  return [element(isKnown ? 'Update' : 'Create', [shaped])];
}
