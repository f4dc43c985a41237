import { childrenOf, textOf } from '../../wire/element';
import { fieldOf } from '../item/fields';
import { daily, stored, timed, valueOf } from '../testing/sample-items';
import { five, moved, set, without } from '../testing/sample-series';
import { seriesElements } from './series-elements';
import { newSeries } from './series-state';

describe('elements of a master', () => {
  const identity = { id: 'AAMkAGI=', changeKey: 'DwAAABYA' };

  it('name the first, the last, the changed and the deleted occurrences', () => {
    const series = without(
      valueOf(set(five, '2026-11-24', moved('2026-11-24T15:00:00', '2026-11-24T16:00:00'))),
      '2026-11-27',
    );
    const fields = seriesElements(series, identity);
    const [modified] = childrenOf(fieldOf(fields, 'ModifiedOccurrences'), 'Occurrence');
    const [gone] = childrenOf(fieldOf(fields, 'DeletedOccurrences'), 'DeletedOccurrence');
    expect(fields.map(({ name }) => name)).toEqual([
      'FirstOccurrence',
      'LastOccurrence',
      'ModifiedOccurrences',
      'DeletedOccurrences',
    ]);
    expect(textOf(fieldOf(fields, 'LastOccurrence'), 'OriginalStart')).toBe('2026-11-26T08:00:00Z');
    expect([textOf(modified ?? null, 'Start'), textOf(modified ?? null, 'OriginalStart')]).toEqual([
      '2026-11-24T14:00:00Z',
      '2026-11-24T08:00:00Z',
    ]);
    expect(textOf(gone ?? null, 'Start')).toBe('2026-11-27T08:00:00Z');
  });

  it('name no last occurrence of an endless series', () => {
    const endless = newSeries(stored(timed('2026-11-23T09:00:00', '2026-11-23T10:00:00', [daily('2026-11-23', null)])));
    expect(seriesElements(endless, identity).map(({ name }) => name)).toEqual(['FirstOccurrence']);
  });
});
