import { descendant, readDocument } from './read-document';

describe('readDocument', () => {
  it('reads names, namespaces and text', () => {
    const root = readDocument(
      '\uFEFF<?xml version="1.0"?><!-- c --><a xmlns="urn:1"><p:b xmlns:p="urn:2"> x &amp; <![CDATA[<y>]]> </p:b></a>',
    );
    expect(root).toMatchObject({ namespace: 'urn:1', name: 'a' });
    expect(root?.children[0]).toEqual({ namespace: 'urn:2', name: 'b', children: [], text: 'x & <y>' });
    expect(root && descendant(root, 'b')?.text).toBe('x & <y>');
    expect(root && descendant(root, 'b', 'c')).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['half a document', '<a><b></b>'],
    ['two roots', '<a/><b/>'],
    ['an unbound prefix', '<p:a/>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY x "xx">]><a>&x;</a>'],
    ['an unknown entity', '<a>&x;</a>'],
    ['too deep a nesting', `${'<a>'.repeat(17)}${'</a>'.repeat(17)}`],
    ['too many elements', `<a>${'<b/>'.repeat(2000)}</a>`],
    ['too long a text', `<a>${'x'.repeat(256 * 1024)}</a>`],
  ])('does not read %s', (_what, text) => {
    expect(readDocument(text)).toBeNull();
  });

  it('reads up to its bounds', () => {
    expect(readDocument(`${'<a>'.repeat(16)}${'</a>'.repeat(16)}`)).not.toBeNull();
    expect(readDocument(`<a>${'<b/>'.repeat(1999)}</a>`)?.children).toHaveLength(1999);
  });
});
