import { asText, isRecord } from './foreign';
import { ProviderError } from './provider-error';

/**
 * Follows the pages of one list. Keeps of a page what tells it from the next one and nothing else: pages are large, and the one
 * before would stay in memory for as long as the next one is stored.
 */
export class PageTrail {
  private before = '';

  /** @param versionField where an item of the list says which version it is */
  constructor(private readonly versionField: string) {}

  /**
   * The name of the next page as this one gives it, null at the end. A page that names itself as its successor, or comes again
   * under another name, would be listed for ever: that is an outage, and nothing of it is lost by trying later.
   * @param current the name of this page; null for the first
   * @throws ProviderError Unavailable
   */
  next(items: readonly unknown[], next: string | null, current: string | null): string | null {
    const mark = items.length === 0 ? '' : this.markOf(items);
    const isAgain = mark !== '' && mark === this.before;
    if (next !== null && (next === current || isAgain))
      throw new ProviderError('Unavailable', { detail: 'a page that follows itself' });
    this.before = mark;
    return next;
  }

  /** How many there are, and which in which versions at both ends. */
  private markOf(items: readonly unknown[]): string {
    const ends = [items.at(0), items.at(-1)].map((item) =>
      isRecord(item) ? [asText(item['id'], 1024), asText(item[this.versionField], 256)] : [],
    );
    return JSON.stringify([items.length, ends]);
  }
}
