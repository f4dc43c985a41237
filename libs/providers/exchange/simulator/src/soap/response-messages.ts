import { element, type XmlElement } from '../wire/element';
import { matchContent } from '../wire/content-match';
import type { ElementParticle } from '../wire/content-model';
import { complexType, derives, localOf, typeOfElement } from '../wire/schema';
import { textFault } from '../wire/text-values';
import { EwsFault, EwsRefusal } from './refusal';

/** `GetFolder` and `GetUserAvailabilityRequest` → what their answers begin with. */
export const baseName = (operation: string): string => operation.replace(/Request$/, '');

/** The answer of an operation that has a list of response messages. */
export const responseOf = (operation: string, messages: readonly XmlElement[]): XmlElement =>
  element(`${baseName(operation)}Response`, [element('ResponseMessages', messages)]);

/** A response message that says yes, with the content of the operation. */
export const successMessage = (operation: string, content: readonly (XmlElement | null)[] = []): XmlElement =>
  element(`${baseName(operation)}ResponseMessage`, [element('ResponseCode', 'NoError'), ...content], {
    ResponseClass: 'Success',
  });

/** A response message that says why not. What the schema demands beside it is there, but empty. */
export function refusalMessage(operation: string, refusal: EwsRefusal): XmlElement {
  const name = `${baseName(operation)}ResponseMessage`;
  return element(name, refusalContent(refusal, typeOfMessage(name)), {
    ResponseClass: refusal.options.responseClass ?? 'Error',
  });
}

/**
 * What ends a batch: the parts behind it are not looked at any more.
 * https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getitemresponsemessage
 */
const ENDS_BATCH: ReadonlySet<string> = new Set([
  'ErrorAccessDenied',
  'ErrorADOperation',
  'ErrorADUnavailable',
  'ErrorConnectionFailed',
  'ErrorMailboxMoveInProgress',
  'ErrorMailboxStoreUnavailable',
  'ErrorPasswordExpired',
  'ErrorQuotaExceeded',
]);

/** Of a part that is not looked at, because of one before it. */
export const notLookedAt = (): EwsRefusal =>
  new EwsRefusal('ErrorBatchProcessingStopped', 'An error occurred before this part was processed.', {
    responseClass: 'Warning',
  });

/**
 * One response message for each part of a request, in the order of the parts.
 * @throws whatever is no refusal
 */
export async function messageForEach<T>(
  operation: string,
  parts: readonly T[],
  carryOut: (part: T) => readonly (XmlElement | null)[] | Promise<readonly (XmlElement | null)[]>,
): Promise<XmlElement> {
  const messages: XmlElement[] = [];
  let isOver = false;
  for (const part of parts) {
    try {
      if (isOver) throw notLookedAt();
      messages.push(successMessage(operation, await carryOut(part)));
    } catch (error) {
      if (!(error instanceof EwsRefusal)) throw error;
      isOver ||= ENDS_BATCH.has(error.responseCode);
      messages.push(refusalMessage(operation, error));
    }
  }
  return responseOf(operation, messages);
}

/** The whole answer to an operation that is refused as such. @throws EwsFault when its answer has no place for it */
export function refusedAnswer(operation: string, refusal: EwsRefusal): XmlElement {
  const name = `${baseName(operation)}Response`;
  const type = typeOfElement(`m:${name}`);
  if (type !== null && derives(type, 'm:BaseResponseMessageType')) {
    return responseOf(operation, [refusalMessage(operation, refusal)]);
  }
  if (type === null || !derives(type, 'm:ResponseMessageType')) {
    throw new EwsFault(refusal.responseCode, refusal.message, refusal.options);
  }
  return element(name, refusalContent(refusal, type), { ResponseClass: refusal.options.responseClass ?? 'Error' });
}

/** @throws EwsFault where the message has no place for a refusal */
function refusalContent({ responseCode, message, options }: EwsRefusal, type: string): XmlElement[] {
  const { messageXml = [], content } = options;
  const empty = content === undefined ? emptyContent(type) : [];
  if (empty === null) throw new EwsFault(responseCode, message, options);
  return [
    element('MessageText', message),
    element('ResponseCode', responseCode),
    element('DescriptiveLinkKey', 0),
    ...(messageXml.length === 0 ? [] : [element('MessageXml', messageXml)]),
    ...(content ?? empty),
  ];
}

const typeOfMessage = (name: string): string =>
  complexType('m:ArrayOfResponseMessagesType')?.elements.get(name)?.type ?? 'm:ResponseMessageType';

/**
 * What real servers send beside the reason, although the schema does not demand it; clients read it before they look for one.
 * https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/syncfolderitems-operation
 */
const BESIDE: Readonly<Record<string, readonly XmlElement[]>> = {
  'm:SyncFolderItemsResponseMessageType': [element('SyncState'), element('IncludesLastItemInRange', true)],
  'm:GetUserPhotoResponseMessageType': [element('HasChanged', false), element('PictureData')],
  'm:SyncFolderHierarchyResponseMessageType': [element('SyncState'), element('IncludesLastFolderInRange', true)],
};

/** Null where the schema demands something that nobody can say who refuses. */
function emptyContent(type: string): readonly XmlElement[] | null {
  const beside = BESIDE[type];
  if (beside !== undefined) return beside;
  const required = [...(complexType(type)?.elements.values() ?? [])].filter(({ min }) => min > 0);
  return required.every(mayBeEmpty) ? required.map(({ name }) => element(localOf(name))) : null;
}

function mayBeEmpty({ type: name }: ElementParticle): boolean {
  const type = complexType(name);
  if (type === null) return textFault('', name) === null;
  const isComplete = type.text === null ? matchContent(type.content, []).complete : textFault('', type.text) === null;
  return isComplete && [...type.attributes.values()].every(({ required }) => !required);
}
