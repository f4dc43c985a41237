/**
 * `node tools/exchange-schema.mjs FILE…`: makes the table by which the Exchange simulator reads and writes, from the schema that
 * Microsoft publishes for Exchange 2013 SP1 (types.xsd and messages.xsd of the folder `EWS` on any Exchange server).
 *
 * A content model is one text: `( … )` sequence, `[ … ]` choice, `< … >` all, `t:Name=t:Type` an element, `*` any element; each
 * may be followed by `?`, `*`, `+` or `{min,max}`; `^` before that says that the element may be nil. Attributes are `Name=Type`, with `!` when required.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { SaxesParser } from 'saxes';

const TARGET = fileURLToPath(
  new URL('../libs/providers/exchange/simulator/src/wire/schema-table.json', import.meta.url),
);
const PREFIXES = new Map([
  ['http://schemas.microsoft.com/exchange/services/2006/types', 't'],
  ['http://schemas.microsoft.com/exchange/services/2006/messages', 'm'],
  ['http://www.w3.org/2001/XMLSchema', 'xs'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
]);
const GROUPS = { sequence: ['(', ')'], choice: ['[', ']'], all: ['<', '>'] };

function parse(text) {
  const root = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ name, value }) => [name, value]));
    const node = { name: tag.local, attributes, children: [], names: { ...open.at(-1).names, ...tag.ns } };
    open.at(-1).children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return root.children[0];
}

const child = (node, name) => node.children.find((one) => one.name === name);
const all = (node, name) => node.children.filter((one) => one.name === name);

/** A qualified name of the file, with the prefix that the table uses. */
function nameOf(node, text) {
  const [local, prefix = ''] = text.trim().split(':').reverse();
  return `${PREFIXES.get(node.names[prefix])}:${local}`;
}

function timesOf({ attributes: { minOccurs = '1', maxOccurs = '1' } }) {
  const known = { '1,1': '', '0,1': '?', '0,unbounded': '*', '1,unbounded': '+' };
  return known[`${minOccurs},${maxOccurs}`] ?? `{${minOccurs},${maxOccurs.replace('unbounded', '')}}`;
}

/** Reads the files one after the other into one table. */
class TableMaker {
  table = { version: '', elements: {}, heads: {}, types: {}, texts: {} };
  groups = new Map();
  attributeGroups = new Map();

  constructor(files) {
    for (const { prefix, schema } of files) {
      this.table.version = schema.attributes.version;
      for (const group of all(schema, 'group')) this.groups.set(`${prefix}:${group.attributes.name}`, group);
      for (const one of all(schema, 'attributeGroup'))
        this.attributeGroups.set(`${prefix}:${one.attributes.name}`, one);
    }
    for (const file of files) this.read(file);
  }

  read({ prefix, schema }) {
    for (const node of all(schema, 'simpleType')) this.addText(`${prefix}:${node.attributes.name}`, node);
    for (const node of all(schema, 'complexType')) this.addType(`${prefix}:${node.attributes.name}`, node, prefix);
    for (const node of all(schema, 'element')) this.addElement(node, prefix);
  }

  addElement(node, prefix) {
    const name = `${prefix}:${node.attributes.name}`;
    this.table.elements[name] = this.typeOf(node, { prefix, owner: name });
    const head = node.attributes.substitutionGroup;
    if (head) (this.table.heads[nameOf(node, head)] ??= []).push(name);
  }

  /** The type of an element or attribute; one without a name is given that of its place. */
  typeOf(node, { prefix, owner }) {
    if (node.attributes.type) return nameOf(node, node.attributes.type);
    const complex = child(node, 'complexType');
    const simple = child(node, 'simpleType');
    if (complex) this.addType(owner, complex, prefix);
    if (simple) this.addText(owner, simple);
    return complex || simple ? owner : 'xs:anyType';
  }

  addText(name, node) {
    const list = child(node, 'list');
    const union = child(node, 'union');
    const inner = (parent) =>
      all(parent, 'simpleType').map((one, index) => {
        this.addText(`${name}.${index + 1}`, one);
        return `${name}.${index + 1}`;
      });
    if (list) {
      const { itemType } = list.attributes;
      this.table.texts[name] = { list: itemType ? nameOf(list, itemType) : inner(list)[0] };
    } else if (union) {
      const named = (union.attributes.memberTypes ?? '').split(/\s+/).filter(Boolean);
      this.table.texts[name] = { union: [...named.map((one) => nameOf(union, one)), ...inner(union)] };
    } else this.table.texts[name] = this.restricted(name, child(node, 'restriction'));
  }

  restricted(name, node) {
    const base = node.attributes.base ? nameOf(node, node.attributes.base) : `${name}.base`;
    if (!node.attributes.base) this.addText(base, child(node, 'simpleType'));
    const values = all(node, 'enumeration').map((one) => one.attributes.value);
    const text = { base, ...(values.length > 0 && { values }) };
    for (const facet of node.children) {
      const { value } = facet.attributes;
      if (facet.name === 'pattern') text.pattern = value;
      if (/^(minInclusive|maxInclusive|minLength|maxLength|length)$/.test(facet.name)) text[facet.name] = Number(value);
    }
    return text;
  }

  addType(name, node, prefix) {
    const type = {};
    this.table.types[name] = type;
    if (node.attributes.abstract === 'true') type.abstract = true;
    const content = child(node, 'complexContent') ?? child(node, 'simpleContent');
    const derived = content && (child(content, 'extension') ?? child(content, 'restriction'));
    if (derived) {
      const base = nameOf(derived, derived.attributes.base);
      if (content.name === 'simpleContent') type.text = base;
      else if (base !== 'xs:anyType') type.base = base;
      if (derived.name === 'restriction' && content.name === 'complexContent') type.restricts = true;
    }
    const body = derived ?? node;
    const model = body.children.find((one) => GROUPS[one.name] || one.name === 'group');
    if (model) type.content = this.particle(model, { prefix, owner: name });
    const attributes = this.attributesOf(body, { prefix, owner: name });
    if (attributes.length > 0) type.attributes = attributes.join(' ');
  }

  particle(node, place) {
    const { prefix, owner } = place;
    if (node.name === 'any') return `*${timesOf(node)}`;
    if (node.name === 'group') {
      const group = this.groups.get(nameOf(node, node.attributes.ref));
      const model = group.children.find((one) => GROUPS[one.name]);
      return `( ${this.particle(model, place)} )${timesOf(node)}`;
    }
    if (node.name === 'element') {
      const { ref, name } = node.attributes;
      if (ref) return `${nameOf(node, ref)}=${timesOf(node)}`;
      const nil = node.attributes.nillable === 'true' ? '^' : '';
      return `${prefix}:${name}=${this.typeOf(node, { prefix, owner: `${owner}.${name}` })}${nil}${timesOf(node)}`;
    }
    const [start, end] = GROUPS[node.name];
    const parts = node.children.filter((one) => one.name !== 'annotation').map((one) => this.particle(one, place));
    return [start, ...parts, `${end}${timesOf(node)}`].join(' ');
  }

  attributesOf(node, place) {
    const own = all(node, 'attribute').flatMap((one) => {
      const { name, ref, use } = one.attributes;
      if (ref || use === 'prohibited') return [];
      const type = this.typeOf(one, { ...place, owner: `${place.owner}.${name}` });
      return [`${name}=${type}${use === 'required' ? '!' : ''}`];
    });
    const shared = all(node, 'attributeGroup').flatMap((one) => {
      const name = nameOf(one, one.attributes.ref);
      return this.attributesOf(this.attributeGroups.get(name), { prefix: name.split(':')[0], owner: name });
    });
    return [...own, ...shared];
  }
}

const files = await Promise.all(
  process.argv.slice(2).map(async (file) => {
    const schema = parse(await readFile(file, 'utf8'));
    return { prefix: PREFIXES.get(schema.attributes.targetNamespace), schema };
  }),
);
if (files.length === 0) throw new Error('Usage: node tools/exchange-schema.mjs types.xsd messages.xsd');
const { table } = new TableMaker(files);
const options = await resolveConfig(TARGET);
await writeFile(TARGET, await format(JSON.stringify(table), { ...options, filepath: TARGET }));
