/**
 * The frame of every answer: response messages of an operation, or a fault in their place.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/handling-errors-related-to-ews-operations.
 */
import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';
import { list, type Members, record, type RecordShape, text, textWith } from './record-shape';

/** Why the server says no, in its own words. */
export interface EwsRefusal {
  /** A value of `ResponseCodeType`; empty where none came. */
  readonly code: string;
  /** Milliseconds it wants to be left alone; null where it does not say. */
  readonly backOffMs: number | null;
  /** Which field of which schema was at fault, as far as it is told: `calendar:Recurrence`. */
  readonly field: string | null;
}

export type ResponseMessage =
  { readonly ok: true; readonly content: ForeignRecord } | { readonly ok: false; readonly refusal: EwsRefusal };

export type ReadAnswer =
  | { readonly type: 'messages'; readonly messages: readonly ResponseMessage[] }
  | { readonly type: 'fault'; readonly refusal: EwsRefusal };

const CODE = text(80);
const DETAILS = list({ Value: textWith('Name'), FieldURI: textWith('FieldURI') });
const FAULT = record({ faultcode: CODE, detail: record({ ResponseCode: CODE, MessageXml: DETAILS }) });

/** Where what is told of people stands: in a list of its own, each entry with a `ResponseMessage` beside what it tells. */
export interface ToldOfPeople {
  readonly list: string;
  readonly entry: string;
}

export interface AnswerFrame {
  /** As its response messages name the operation: `GetItem`. */
  readonly name: string;
  /** Absent where each response message holds what it tells. */
  readonly toldOf?: ToldOfPeople;
}

/** @param content what is wanted of each response message, or of each entry of its list, beside its code */
export function answerShape({ name, toldOf }: AnswerFrame, content: Members): RecordShape {
  const message = record({ ResponseCode: CODE, MessageXml: DETAILS, ...(toldOf ? {} : content) }, ['ResponseClass']);
  const messages = list({ [`${name}ResponseMessage`]: message });
  const own = { ResponseMessages: messages, ...message.members };
  const told = toldOf && { [toldOf.list]: list({ [toldOf.entry]: record({ ResponseMessage: message, ...content }) }) };
  return record({ Body: record({ Fault: FAULT, [`${name}Response`]: record(told ?? own, ['ResponseClass']) }) });
}

/** Null for a document that is neither an answer to the operation nor a fault. */
export function readMessages({ name, toldOf }: AnswerFrame, envelope: ForeignRecord): ReadAnswer | null {
  const body = memberOf(envelope, 'Body');
  const fault = body === null ? null : memberOf(body, 'Fault');
  if (fault !== null) return { type: 'fault', refusal: refusalOf(memberOf(fault, 'detail') ?? {}, faultCode(fault)) };
  const answer = body === null ? null : memberOf(body, `${name}Response`);
  if (answer === null) return null;
  if (toldOf) return { type: 'messages', messages: listOf(answer[toldOf.list]).filter(isRecord).map(entryOf) };
  // A few operations have one message, which is the answer itself.
  const messages = answer['ResponseMessages'] === undefined ? [answer] : listOf(answer['ResponseMessages']);
  return { type: 'messages', messages: messages.filter(isRecord).map(messageOf) };
}

export function memberOf(parent: ForeignRecord, name: string): ForeignRecord | null {
  const member = parent[name];
  return isRecord(member) ? member : null;
}

function messageOf(message: ForeignRecord): ResponseMessage {
  return isFulfilled(message) ? { ok: true, content: message } : { ok: false, refusal: refusalOf(message, '') };
}

/**
 * A warning says that this was not processed, as of all parts behind one that ended the batch. Only names that mean several
 * people are found with one.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getitemresponsemessage.
 */
function isFulfilled(message: ForeignRecord): boolean {
  if (message['ResponseClass'] !== 'Warning') return message['ResponseClass'] === 'Success';
  return /^(?:NoError$|ErrorNameResolution)/.test(asText(message['ResponseCode'], 80).trim());
}

/** An entry without a word on how it went has told nothing. */
function entryOf(entry: ForeignRecord): ResponseMessage {
  const message = memberOf(entry, 'ResponseMessage') ?? { ResponseClass: 'Error' };
  const read = messageOf(message);
  return read.ok ? { ok: true, content: entry } : read;
}

function refusalOf(told: ForeignRecord, otherwise: string): EwsRefusal {
  const details = listOf(told['MessageXml']).filter(isRecord);
  const wait = details.find((detail) => detail['Name'] === 'BackOffMilliseconds');
  const field = details.map((detail) => asText(detail['FieldURI'], 80)).find((name) => /^[\w:]+$/.test(name));
  const code = asText(told['ResponseCode'], 80).trim() || otherwise;
  return { code: /^\w+$/.test(code) ? code : '', backOffMs: millisecondsIn(wait), field: field ?? null };
}

function millisecondsIn(detail: ForeignRecord | undefined): number | null {
  const told = detail === undefined ? '' : asText(detail['text'], 20).trim();
  return /^\d{1,10}$/.test(told) ? Number(told) : null;
}

/** `a:ErrorSchemaValidation` */
function faultCode(fault: ForeignRecord): string {
  const code = asText(fault['faultcode'], 80);
  return code.slice(code.indexOf(':') + 1).trim();
}
