import { EwsRefusal } from '../soap/refusal';
import { childOf, type XmlElement } from '../wire/element';
import { textFault } from '../wire/text-values';
import { extendedPath } from './property-path';

/** Types of XML Schema that hold the values of MAPI types. */
const TYPES: Readonly<Record<string, string>> = {
  Binary: 'xs:base64Binary',
  Boolean: 'xs:boolean',
  Double: 'xs:double',
  Float: 'xs:float',
  Integer: 'xs:int',
  Long: 'xs:long',
  Currency: 'xs:long',
  Short: 'xs:short',
  SystemTime: 'xs:dateTime',
  ApplicationTime: 'xs:double',
  CLSID: 't:GuidType',
};
const UNUSABLE = new Set(['Error', 'Null', 'Object', 'ObjectArray']);

/**
 * Checks an `ExtendedProperty` that is to be kept.
 * @throws EwsRefusal ErrorInvalidExtendedProperty, ErrorInvalidExtendedPropertyValue
 */
export function checkExtendedProperty(property: XmlElement): void {
  const uri = childOf(property, 'ExtendedFieldURI');
  if (uri === null) return;
  const { type } = extendedPath(uri);
  const values = childOf(property, 'Values');
  const isArray = type.endsWith('Array');
  const texts = values?.children.map(({ text }) => text) ?? [childOf(property, 'Value')?.text ?? ''];
  const form = TYPES[type.replace(/Array$/, '')] ?? 'xs:string';
  const fits = isArray === (values !== null) && texts.every((text) => textFault(text.trim(), form) === null);
  if (fits && !UNUSABLE.has(type)) return;
  const message = 'The value of the extended property does not match its type.';
  throw new EwsRefusal('ErrorInvalidExtendedPropertyValue', message, { messageXml: [uri] });
}
