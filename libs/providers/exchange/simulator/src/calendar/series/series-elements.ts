import { element, type XmlElement } from '../../wire/element';
import type { Fields } from '../item/fields';
import { dateTimeText } from '../zones/date-texts';
import { occurrenceId } from './occurrence-id';
import { edgesOf, occurrenceOn, type OccurrenceView } from './occurrence-view';
import type { SeriesState } from './series-state';
import { originalStartOf } from './series-times';

export interface MasterIdentity {
  readonly id: string;
  /** Occurrences share the change key of their master. */
  readonly changeKey: string;
}

/** FirstOccurrence, LastOccurrence, ModifiedOccurrences and DeletedOccurrences of a master, those there are. */
export function seriesElements(series: SeriesState, identity: MasterIdentity): Fields {
  const { first, last } = edgesOf(series);
  const modified = series.exceptions.flatMap(({ day }) => {
    const view = occurrenceOn(series, day);
    return view.ok ? [occurrenceInfo('Occurrence', view.value, identity)] : [];
  });
  const deleted = series.deleted.flatMap((day) => {
    const start = originalStartOf(series.master, day);
    return start === null ? [] : [element('DeletedOccurrence', [element('Start', dateTimeText(start))])];
  });
  return [
    ...(first === null ? [] : [occurrenceInfo('FirstOccurrence', first, identity)]),
    ...(last === null ? [] : [occurrenceInfo('LastOccurrence', last, identity)]),
    ...(modified.length === 0 ? [] : [element('ModifiedOccurrences', modified)]),
    ...(deleted.length === 0 ? [] : [element('DeletedOccurrences', deleted)]),
  ];
}

function occurrenceInfo(name: string, view: OccurrenceView, { id, changeKey }: MasterIdentity): XmlElement {
  return element(name, [
    element('ItemId', [], { Id: occurrenceId(id, view.day), ChangeKey: changeKey }),
    element('Start', dateTimeText(view.start)),
    element('End', dateTimeText(view.end)),
    element('OriginalStart', dateTimeText(view.originalStart)),
  ]);
}
