/**
 * XML as the simulator handles it: elements without prefixes. Which namespace a name belongs to, and in which order children
 * stand, is what the schema table knows; only the reader and the writer look there.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of an element without children; otherwise empty. */
  readonly text: string;
}

type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Content = string | number | boolean | readonly (XmlElement | null)[];

/** An element of text or of children; children that are null and attributes without a value are left out. */
export function element(name: string, content: Content = [], attributes: Attributes = {}): XmlElement {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [[key, String(value)] as const],
  );
  const isText = !Array.isArray(content);
  return {
    name,
    attributes: Object.fromEntries(given),
    children: Array.isArray(content) ? content.filter((child): child is XmlElement => child !== null) : [],
    text: isText ? String(content) : '',
  };
}

export function childOf(parent: XmlElement | null, name: string): XmlElement | null {
  return parent?.children.find((child) => child.name === name) ?? null;
}

export function childrenOf(parent: XmlElement | null, name: string): readonly XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? [];
}

/** The text of a child; null where there is no such child. */
export function textOf(parent: XmlElement | null, name: string): string | null {
  return childOf(parent, name)?.text ?? null;
}
