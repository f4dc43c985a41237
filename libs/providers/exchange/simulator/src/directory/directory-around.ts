import type { ItemSurroundings } from '../items/item-around';
import type { DirectoryBook } from './directory-book';

/** What operations on people and settings work with. */
export interface DirectorySurroundings extends ItemSurroundings {
  readonly book: DirectoryBook;
}
