import type { XmlElement } from '../wire/element';
import { readXml, UnreadableXml, type ReadElement } from '../wire/read-xml';
import { NAMESPACES } from '../wire/schema';
import { allowedText, escapeAttribute, escapeText, PREFIX_DECLARATIONS, writeXml } from '../wire/write-xml';
import { EwsFault } from './refusal';
import { serverVersionInfo, type ServerVersion } from './server-version';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const ERRORS = 'http://schemas.microsoft.com/exchange/services/2006/errors';
const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

export interface ReadEnvelope {
  readonly header: ReadElement | null;
  /** The one element of the body: the operation. */
  readonly request: ReadElement;
}

/**
 * Opens a SOAP 1.1 envelope.
 * @throws EwsFault ErrorInvalidRequest for anything else ([MS-OXWUMS] 2.2.2.1: malformed XML)
 */
export function readEnvelope(text: string): ReadEnvelope {
  const root = rootOf(text);
  const part = (name: string): ReadElement | null =>
    root.children.find((child) => child.name === name && child.namespace === SOAP) ?? null;
  const [request, ...others] = part('Body')?.children ?? [];
  const isEnvelope = root.name === 'Envelope' && root.namespace === SOAP;
  if (!isEnvelope || request === undefined || others.length > 0) throw invalidRequest();
  return { header: part('Header'), request };
}

function rootOf(text: string): ReadElement {
  try {
    return readXml(text);
  } catch (error) {
    if (error instanceof UnreadableXml) throw invalidRequest();
    throw error;
  }
}

export const invalidRequest = (): EwsFault => new EwsFault('ErrorInvalidRequest', 'The request is invalid.');

/** An answer in its envelope. @throws UnwritableXml when the schema does not hold it */
export function answerEnvelope(answer: XmlElement, server: ServerVersion): string {
  const body = writeXml(answer, `m:${answer.name}`);
  const version = writeXml(serverVersionInfo(server), 't:ServerVersionInfo');
  return (
    `${DECLARATION}<s:Envelope xmlns:s="${SOAP}"${PREFIX_DECLARATIONS}>` +
    `<s:Header>${version}</s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}

/**
 * One answer of a stream: real servers send these with an unprefixed namespace and without a declaration, and clients look
 * for just that.
 */
export function streamedEnvelope(answer: XmlElement, server: ServerVersion): string {
  const body = writeXml(answer, `m:${answer.name}`);
  const version = writeXml(serverVersionInfo(server), 't:ServerVersionInfo');
  return (
    `<Envelope xmlns="${SOAP}"${PREFIX_DECLARATIONS}>` + `<Header>${version}</Header><Body>${body}</Body></Envelope>`
  );
}

/** A fault as Exchange writes it, to be sent with status 500. */
export function faultEnvelope({ responseCode, message, options }: EwsFault): string {
  const errors = (name: string, text: string): string =>
    `<e:${name} xmlns:e="${ERRORS}">${escapeText(allowedText(text))}</e:${name}>`;
  const { longMessage = message, messageXml = [] } = options;
  return (
    `${DECLARATION}<s:Envelope xmlns:s="${SOAP}"><s:Body><s:Fault>` +
    `<faultcode xmlns:a="${NAMESPACES['t'] ?? ''}">a:${responseCode}</faultcode>` +
    `<faultstring xml:lang="en-US">${escapeText(allowedText(longMessage))}</faultstring>` +
    `<detail>${errors('ResponseCode', responseCode)}${errors('Message', message)}${messageXmlText(messageXml)}</detail>` +
    '</s:Fault></s:Body></s:Envelope>'
  );
}

function messageXmlText(elements: readonly XmlElement[]): string {
  if (elements.length === 0) return '';
  return `<t:MessageXml xmlns:t="${NAMESPACES['t'] ?? ''}">${elements.map(typesElement).join('')}</t:MessageXml>`;
}

function typesElement({ name, attributes, text }: XmlElement): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(allowedText(value))}"`);
  return `<t:${name}${given.join('')}>${escapeText(allowedText(text))}</t:${name}>`;
}
