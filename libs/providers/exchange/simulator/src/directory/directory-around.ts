import type { ItemSurroundings } from '../items/item-around';
import type { DirectoryBook } from './directory-book';

/** What operations on people and settings work with. */
export interface DirectorySurroundings extends ItemSurroundings {
  readonly book: DirectoryBook;
  /** Windows name of the zone a person has chosen in Outlook on the web; null where they never did. */
  readonly zoneOf: (email: string) => string | null;
}
