import type { Fields } from '../item/fields';
import { dayOfText } from '../recurrence/civil-days';
import { occurrenceOn, plainFields } from './occurrence-view';
import { differences } from './overlay';
import type { SeriesException, SeriesState } from './series-state';
import { seriesTimes, spanOn } from './series-times';

/** The series with its master and every changed occurrence as `change` gives them back; it must not move them. */
export function mapSeries(series: SeriesState, change: (fields: Fields) => Fields): SeriesState {
  const master = change(series.master);
  const times = seriesTimes(master);
  if (times === null) return { ...series, master };
  const exceptions = series.exceptions.flatMap(({ day }): SeriesException[] => {
    const view = occurrenceOn(series, day);
    if (!view.ok) return [];
    const plain = plainFields(master, spanOn(times, dayOfText(day) ?? 0));
    return [{ day, overlay: differences(plain, change(view.value.fields())) }];
  });
  return { ...series, master, exceptions };
}
