import { EwsRefusal } from '../soap/refusal';
import type { XmlElement } from '../wire/element';

/** Rows of one page, and the attributes by which the answer says which ones they are. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** The limit of rows that servers set by policy (`EWSFindCountLimit`). */
export const MOST_ROWS = 1000;

/**
 * Cuts a page out of sorted rows: `IndexedPage…View`, `FractionalPage…View`, or no view at all.
 * @throws EwsRefusal ErrorInvalidIndexedPagingParameters, ErrorInvalidFractionalPagingParameters, ErrorInvalidPagingMaxRows,
 * ErrorExceededFindCountLimit
 */
export function pageOf<T>(rows: readonly T[], view: XmlElement | null): Page<T> {
  refuseTooMany(rows.length, view);
  const most = mostOf(view);
  if (view === null) return slice(rows, { from: 0, most, attribute: null });
  if (view.name.startsWith('Fractional')) return fraction(rows, view, most);
  const offset = Number(view.attributes['Offset'] ?? 0);
  if (offset < 0) {
    throw new EwsRefusal('ErrorInvalidIndexedPagingParameters', 'The specified paging offset is invalid.');
  }
  if (view.attributes['BasePoint'] !== 'End')
    return slice(rows, { from: offset, most, attribute: 'IndexedPagingOffset' });
  return backwards(rows, offset, most);
}

/**
 * Who names no number of rows gets all of them, or none.
 * https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/ews-throttling-in-exchange
 * @throws EwsRefusal ErrorExceededFindCountLimit
 */
export function refuseTooMany(rows: number, view: XmlElement | null): void {
  if (rows <= MOST_ROWS || view?.attributes['MaxEntriesReturned'] !== undefined) return;
  throw new EwsRefusal('ErrorExceededFindCountLimit', 'Exceeded the maximum number of rows. Ask for pages.');
}

function mostOf(view: XmlElement | null): number {
  const given = view?.attributes['MaxEntriesReturned'];
  const most = given === undefined ? MOST_ROWS : Number(given);
  if (most >= 1) return Math.min(most, MOST_ROWS);
  throw new EwsRefusal('ErrorInvalidPagingMaxRows', 'The maximum number of entries must be greater than zero.');
}

interface Cut {
  readonly from: number;
  readonly most: number;
  readonly attribute: string | null;
}

function slice<T>(rows: readonly T[], { from, most, attribute }: Cut): Page<T> {
  const found = rows.slice(from, from + most);
  const next = Math.min(from, rows.length) + found.length;
  const isLast = next >= rows.length;
  const offset = attribute === null && isLast ? {} : { [attribute ?? 'IndexedPagingOffset']: next };
  return { rows: found, attributes: { ...offset, TotalItemsInView: rows.length, IncludesLastItemInRange: isLast } };
}

/** From the end: the rows before the last `offset` ones, still in ascending order. */
function backwards<T>(rows: readonly T[], offset: number, most: number): Page<T> {
  const end = Math.max(0, rows.length - offset);
  const start = Math.max(0, end - most);
  const found = rows.slice(start, end);
  return {
    rows: found,
    attributes: {
      IndexedPagingOffset: Math.min(offset, rows.length) + found.length,
      TotalItemsInView: rows.length,
      IncludesLastItemInRange: start === 0,
    },
  };
}

function fraction<T>(rows: readonly T[], { attributes }: XmlElement, most: number): Page<T> {
  const numerator = Number(attributes['Numerator']);
  const denominator = Number(attributes['Denominator']);
  if (!(denominator > 0) || numerator < 0 || numerator > denominator) {
    throw new EwsRefusal('ErrorInvalidFractionalPagingParameters', 'The fractional paging parameters are invalid.');
  }
  const from = Math.floor((rows.length * numerator) / denominator);
  const found = rows.slice(from, from + most);
  const next = from + found.length;
  return {
    rows: found,
    attributes: {
      NumeratorOffset: next,
      AbsoluteDenominator: Math.max(1, rows.length),
      TotalItemsInView: rows.length,
      IncludesLastItemInRange: next >= rows.length,
    },
  };
}
