import { inspect } from 'node:util';
import { Secret } from './secret';

describe('Secret', () => {
  const subject = Secret.of('hunter2');

  it('gives its value only when asked by name', () => {
    expect(subject.reveal()).toBe('hunter2');
  });

  it.each([
    ['String', String(subject)],
    ['a template', `${subject}`],
    ['JSON', JSON.stringify({ subject })],
    ['inspect', inspect({ subject }, { depth: 9, showHidden: true })],
  ])('does not show its value through %s', (_way, shown) => {
    expect(shown).toContain('[secret]');
    expect(shown).not.toContain('hunter2');
  });

  it('has no enumerable property that a copy would carry', () => {
    expect(Object.entries({ ...subject })).toEqual([]);
  });
});
