import type { FaultKind } from '@daybook/simulator-kit';
import { targetFolder } from '../mailbox/named-folders';
import { beginning, SyncStates } from '../mailbox/sync-state';
import type { Call } from '../soap/operation';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { spoiltItems } from './spoilt-items';
import type { StrikingAround } from './struck-operations';

interface Answered extends StrikingAround {
  readonly request: XmlElement;
  readonly call: Call;
}

/** An answer with what `empty_page`, `endless_page` and `bad_item` make of it: all of it is what a server may answer. */
export function spoiltPage(answer: XmlElement, answered: Answered): XmlElement {
  const struck = (kind: FaultKind): boolean => answered.faults.strike(kind, answered.call.mailbox) !== null;
  const { name } = answer;
  const isPaged =
    name === 'SyncFolderItemsResponse' ||
    (name === 'FindItemResponse' && childOf(answered.request, 'IndexedPageItemView') !== null);
  const isEmpty = isPaged && struck('empty_page');
  const isEndless = isPaged && !isEmpty && struck('endless_page');
  const page = isEmpty || isEndless ? stuckPage(answer, { answered, isEmpty }) : answer;
  const isRead = isPaged || name === 'GetItemResponse' || name === 'FindItemResponse';
  return isRead ? spoiltItems(page, () => struck('bad_item')) : page;
}

interface Stuck {
  readonly answered: Answered;
  readonly isEmpty: boolean;
}

/** A page that leads to itself: there is more, and who goes on stands where they stood. */
function stuckPage(answer: XmlElement, stuck: Stuck): XmlElement {
  return changedWithin(answer, (part) => {
    switch (part.name) {
      case 'IncludesLastItemInRange':
        return element(part.name, false);
      case 'SyncState':
        return element(part.name, stateBefore(stuck.answered));
      case 'RootFolder':
        return foundPage(part, stuck);
      case 'Changes':
        return stuck.isEmpty ? element(part.name) : part;
      default:
        return null;
    }
  });
}

function foundPage(folder: XmlElement, { answered, isEmpty }: Stuck): XmlElement {
  const offset = childOf(answered.request, 'IndexedPageItemView')?.attributes['Offset'] ?? '0';
  return {
    ...folder,
    attributes: { ...folder.attributes, IndexedPagingOffset: offset, IncludesLastItemInRange: 'false' },
    children: isEmpty ? [element('Items')] : folder.children,
  };
}

/** The state that a request brought, or the one of somebody who begins. */
function stateBefore({ items: { store }, request, call }: Answered): string {
  const given = textOf(request, 'SyncState') ?? '';
  if (given !== '') return given;
  const { key } = targetFolder(store, childOf(request, 'SyncFolderId'), { call, need: 'read' });
  return new SyncStates(store.secret('sync-states')).seal(beginning(`items ${key}`));
}

/** The same tree with some parts replaced; where `change` says null, it looks further down. */
function changedWithin(tree: XmlElement, change: (part: XmlElement) => XmlElement | null): XmlElement {
  return { ...tree, children: tree.children.map((child) => change(child) ?? changedWithin(child, change)) };
}
