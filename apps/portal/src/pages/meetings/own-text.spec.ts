import { describe, expect, it } from 'vitest';
import { ownText } from './own-text';

const joining = '──────────\nJoin Zoom Meeting\nhttps://example.zoom.us/j/1';

describe('the own text of a meeting', () => {
  it.each([
    ['what stands above the way to join', `Colours\n\n${joining}`, 'client', 'Colours'],
    ['nothing where there is only the way to join', joining, 'client', ''],
    ['all of what came from a calendar', `Colours\n\n${joining}`, 'provider', `Colours\n\n${joining}`],
    ['nothing where there is none', null, 'client', ''],
  ] as const)('is %s', (_what, description, origin, text) => {
    expect(ownText({ description, origin })).toBe(text);
  });
});
