import { MOST_DEPTH, MOST_ELEMENTS, readXml, UnreadableXml } from './read-xml';

const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

describe('reading XML', () => {
  it('keeps names without prefixes, with namespaces and places', () => {
    const root = readXml('<x:a xmlns:x="urn:1" b="&lt;1"><c xmlns="urn:2">t<![CDATA[<&]]></c>\n  <x:d/></x:a>');
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:1', attributes: { b: '<1' }, text: '', line: 1 });
    expect(root.children.map(({ name, namespace, text }) => [name, namespace, text])).toEqual([
      ['c', 'urn:2', 't<&'],
      ['d', 'urn:1', ''],
    ]);
    expect(root.children[1]).toMatchObject({ line: 2, position: 4 });
  });

  it('tells stray text between elements from white space', () => {
    expect(readXml('<a> <b/> </a>').hasStrayText).toBe(false);
    expect(readXml('<a> x <b/> </a>').hasStrayText).toBe(true);
  });

  it('reads xsi:type by its namespace', () => {
    const text = '<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:k="urn:k" i:type="k:T" i:nil="1"/>';
    expect(readXml(text)).toMatchObject({ type: { namespace: 'urn:k', name: 'T' }, isNil: true, attributes: {} });
  });

  it.each([
    ['no element', ''],
    ['something behind the root', '<a/><b/>'],
    ['an end tag of another name', '<a></b>'],
    ['a prefix nobody declared', '<x:a/>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an entity nobody knows', '<a>&nbsp;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['more depth than is read', nested(MOST_DEPTH + 1)],
    ['more elements than are read', `<a>${'<b/>'.repeat(MOST_ELEMENTS)}</a>`],
  ])('refuses %s', (_what, text) => {
    expect(() => readXml(text)).toThrow(UnreadableXml);
  });

  it('reads to the very bounds', () => {
    expect(readXml(nested(MOST_DEPTH)).name).toBe('a');
    expect(readXml(`<a>${'<b/>'.repeat(MOST_ELEMENTS - 1)}</a>`).children).toHaveLength(MOST_ELEMENTS - 1);
  });
});
