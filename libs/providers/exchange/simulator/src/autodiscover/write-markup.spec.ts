import { readDocument } from './read-document';
import { tag, xmlDocument } from './write-markup';

describe('tag', () => {
  it('escapes texts and attributes so that they are read as they were', () => {
    const text = '<a> & "b" \u{1F600} ]]>';
    const written = xmlDocument(tag('a', [tag('b', text, { c: '"<&' })]));
    expect(written).toContain('c="&quot;&lt;&amp;"');
    expect(readDocument(written)?.children[0]?.text).toBe(text);
  });

  it('replaces what XML cannot hold', () => {
    expect(tag('a', 'x\u0000y\uD800z\uFFFF').markup).toBe('<a>x\uFFFDy\uFFFDz\uFFFD</a>');
  });

  it('writes elements without content short', () => {
    expect(tag('a', '', { b: '1' }).markup).toBe('<a b="1" />');
  });
});
