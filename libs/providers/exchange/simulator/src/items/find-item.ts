import { folderNamed } from '../mailbox/named-folders';
import type { FolderRecord, ItemRecord } from '../mailbox/records';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { noteServed } from './get-item';
import type { ItemSurroundings } from './item-around';
import { itemType } from './item-kinds';
import { readItemShape, shapedItem } from './item-shape';
import { wholeItem } from './item-view';
import type { MeetingTarget } from './meeting-desk';
import { contextOf, keptOf } from './named-items';
import { MOST_ROWS, pageOf, type Page, refuseTooMany } from './paging';
import { readRestriction, type Searched, type Test } from './restriction';
import { readSorting, type Sorting } from './sorting';

/** `FindItem`: one response message for each folder that is searched. */
export function findItem(around: ItemSurroundings): Operation {
  return (request, call) => {
    refuseGroups(request);
    const shape = readItemShape(childOf(request, 'ItemShape'));
    const search: Search = {
      around,
      call,
      request,
      test: wordsTest(textOf(request, 'QueryString'), readRestriction(childOf(request, 'Restriction'))),
      sorting: readSorting(childOf(request, 'SortOrder')),
    };
    return messageForEach('FindItem', childOf(request, 'ParentFolderIds')?.children ?? [], (id) => {
      const { rows, attributes } = found(search, folderNamed(around.store, id, { call, need: 'read' }));
      const items = rows.map((whole) => shapedItem(whole, shape, true));
      noteServed(around, items, call);
      return [element('RootFolder', [element('Items', items)], attributes)];
    });
  };
}

interface Search {
  readonly around: ItemSurroundings;
  readonly call: Call;
  readonly request: XmlElement;
  readonly test: Test;
  readonly sorting: Sorting;
}

function refuseGroups(request: XmlElement): void {
  const isGrouped = childOf(request, 'GroupBy') ?? childOf(request, 'DistinguishedGroupBy');
  const seeks = childOf(request, 'SeekToConditionPageItemView');
  if (isGrouped !== null) throw new EwsRefusal('ErrorInvalidOperation', 'Items are not grouped here.');
  if (seeks !== null) throw new EwsRefusal('ErrorInvalidOperation', 'Items are not sought by a condition here.');
}

/** A query string is looked for in subject and body, all of its words; its keywords are not understood. */
function wordsTest(query: string | null, test: Test): Test {
  const words = (query ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 50);
  if (words.length === 0) return test;
  return (searched) => {
    const text = searched.fields.map((field) =>
      ['Subject', 'Body', 'Location', 'DisplayName'].includes(field.name) ? field.text : '',
    );
    const all = text.join('\n').toLowerCase();
    return test(searched) && words.every((word) => all.includes(word));
  };
}

function found(search: Search, folder: FolderRecord): Page<XmlElement> {
  const { around, call, request, test, sorting } = search;
  const view = childOf(request, 'CalendarView');
  if (view !== null) return calendarPage(search, folder, view);
  const targets = itemsSearched(search, folder).map((item) => ({ item, day: null }));
  const rows = wholes(targets, around, call).filter(test);
  const contacts = childOf(request, 'ContactsView');
  if (contacts !== null) return elements(pageOf(contactsBetween(rows, contacts), contactsPage(contacts)));
  const paging = childOf(request, 'IndexedPageItemView') ?? childOf(request, 'FractionalPageItemView');
  return elements(pageOf(sorting(rows), paging));
}

interface Row extends Searched {
  readonly whole: XmlElement;
}

const wholes = (targets: readonly MeetingTarget[], around: ItemSurroundings, call: Call): Row[] =>
  targets.map((target) => {
    const whole = wholeItem(around, target, call);
    return { whole, type: itemType(whole.name) ?? '', fields: whole.children };
  });

const elements = ({ rows, attributes }: Page<Row>): Page<XmlElement> => ({
  rows: rows.map(({ whole }) => whole),
  attributes,
});

/** Newest first, as Exchange lists items that nobody sorts. */
function itemsSearched({ around: { store }, request }: Search, folder: FolderRecord): readonly ItemRecord[] {
  const traversal = request.attributes['Traversal'];
  if (traversal !== 'SoftDeleted') {
    return [...store.itemsIn(folder.key)]
      .reverse()
      .filter(({ associated }) => associated === (traversal === 'Associated'));
  }
  const bin = store.distinguished(folder.mailbox, 'recoverableitemsdeletions');
  return bin?.key === folder.key ? store.itemsIn(folder.key) : [];
}

/** @throws EwsRefusal when the folder is no calendar, the view is combined with what it excludes, or shows too much */
function calendarPage(
  { around, call, request, test }: Search,
  folder: FolderRecord,
  view: XmlElement,
): Page<XmlElement> {
  if (folder.kind !== 'CalendarFolder') {
    const message = 'A calendar view can only be used with a calendar folder.';
    throw new EwsRefusal('ErrorCalendarFolderIsInvalidForCalendarView', message);
  }
  if (childOf(request, 'Restriction') !== null || childOf(request, 'SortOrder') !== null) {
    const message = 'A calendar view cannot be restricted or sorted.';
    throw new EwsRefusal('ErrorUnsupportedPathForQuery', message);
  }
  const items = around.store
    .itemsIn(folder.key)
    .filter(({ kind, associated }) => kind === 'CalendarItem' && !associated);
  const [first] = items;
  const byId = new Map(items.map((item) => [keptOf(item).id, item]));
  const shown =
    first === undefined
      ? { rows: [], isWhole: true }
      : around.calendar.view(view, items.map(keptOf), contextOf(around, first, call));
  refuseTooMany(shown.rows.length, view);
  const targets = shown.rows.flatMap(({ kept, day }) => {
    const item = byId.get(kept.id);
    return item === undefined ? [] : [{ item, day }];
  });
  const rows = wholes(targets.slice(0, MOST_ROWS), around, call).filter(test);
  return {
    rows: rows.map(({ whole }) => whole),
    attributes: {
      TotalItemsInView: rows.length,
      IncludesLastItemInRange: shown.isWhole && targets.length <= MOST_ROWS,
    },
  };
}

const nameOf = ({ whole }: Row): string =>
  (textOf(whole, 'DisplayName') ?? textOf(whole, 'FileAs') ?? '').toLowerCase();

/** Contacts by their display name, from the initial to the final one. */
function contactsBetween(rows: readonly Row[], { attributes }: XmlElement): readonly Row[] {
  const from = attributes['InitialName']?.toLowerCase() ?? '';
  const to = attributes['FinalName']?.toLowerCase();
  const kept = rows.filter(
    (row) => nameOf(row) >= from && (to === undefined || nameOf(row) <= to || nameOf(row).startsWith(to)),
  );
  return kept.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

const contactsPage = ({ attributes }: XmlElement): XmlElement =>
  element('IndexedPageItemView', [], {
    MaxEntriesReturned: attributes['MaxEntriesReturned'],
    Offset: 0,
    BasePoint: 'Beginning',
  });
