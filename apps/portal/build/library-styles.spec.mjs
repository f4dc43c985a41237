import { describe, expect, it } from 'vitest';
import { compareStyles } from './library-styles.mjs';

const files = [
  { name: 'Button.css', classes: new Set(['m_77c9d27d', 'm_80f1301b']) },
  { name: 'Table.css', classes: new Set(['m_b23fa0ef']) },
];

describe('the styles of the library', () => {
  it('misses those of a component that the scripts use', () => {
    const found = compareStyles({ files, scripts: 'root:"m_77c9d27d"', styles: '.m_b1b1b1b1{}' });
    expect(found).toEqual({ missing: ['Button.css'], needless: [] });
  });

  it('finds those that no script needs', () => {
    const found = compareStyles({ files, scripts: 'root:"m_77c9d27d"', styles: '.m_77c9d27d{}.m_b23fa0ef{}' });
    expect(found).toEqual({ missing: [], needless: ['Table.css'] });
  });

  it('is content when each is there for something', () => {
    const both = '.m_77c9d27d{}.m_b23fa0ef{}';
    expect(compareStyles({ files, scripts: both, styles: both })).toEqual({ missing: [], needless: [] });
  });
});
