import { responseOf, successMessage } from '../../soap/response-messages';
import { childOf, element, textOf, type XmlElement } from '../../wire/element';
import { readXml, UnreadableXml } from '../../wire/read-xml';
import { PREFIX_DECLARATIONS, writeXml } from '../../wire/write-xml';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** `SendNotification` in its envelope, which carries the version where a request does and has the prefix of these calls. */
export function pushEnvelope(notification: XmlElement): string {
  const { children } = responseOf('SendNotification', [successMessage('SendNotification', [notification])]);
  const body = writeXml(element('SendNotification', children), 'm:SendNotification');
  return (
    `<?xml version="1.0" encoding="utf-8"?><soap11:Envelope xmlns:soap11="${SOAP}"${PREFIX_DECLARATIONS}>` +
    `<soap11:Header><t:RequestServerVersion Version="Exchange2013_SP1"/></soap11:Header>` +
    `<soap11:Body>${body}</soap11:Body></soap11:Envelope>`
  );
}

/** What a client answered: whether it wants more. Null for anything but a `SendNotificationResult`. */
export function readPushResult(text: string): 'OK' | 'Unsubscribe' | null {
  const status = textOf(resultIn(text), 'SubscriptionStatus')?.trim();
  return status === 'OK' || status === 'Unsubscribe' ? status : null;
}

function resultIn(text: string): XmlElement | null {
  try {
    return childOf(childOf(readXml(text), 'Body'), 'SendNotificationResult');
  } catch (error) {
    if (error instanceof UnreadableXml) return null;
    throw error;
  }
}
