import type { DirectorySurroundings } from '../directory/directory-around';
import type { DirectoryBook } from '../directory/directory-book';
import { directoryOperations } from '../directory/directory-operations';
import type { ItemSurroundings } from '../items/item-around';
import { itemOperations } from '../items/item-operations';
import { folderOperations } from '../mailbox/folder-operations';
import type { Operations } from '../soap/operation';

export interface OperationsAround {
  readonly items: ItemSurroundings;
  readonly book: DirectoryBook;
  readonly zoneOf: DirectorySurroundings['zoneOf'];
  /** Operations of subscriptions, which live as long as the process. */
  readonly notifications: Operations;
}

/** Every operation that the simulated server carries out; the place where another family of them is added. */
export function exchangeOperations({ items, book, zoneOf, notifications }: OperationsAround): Operations {
  return {
    ...folderOperations(items.store),
    ...itemOperations(items),
    ...directoryOperations({ ...items, book, zoneOf }),
    ...notifications,
  };
}
