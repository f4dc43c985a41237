import { markup, type Markup } from './markup';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';

/**
 * A request as it is sent. No time zone goes along: then every time in the answer is told in UTC.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/requestserverversion.
 */
export function soapEnvelope(version: string, operation: Markup): string {
  const header = markup('s:Header', {}, [markup('t:RequestServerVersion', { Version: version })]);
  const body = markup('s:Body', {}, [operation]);
  const envelope = markup('s:Envelope', { 'xmlns:s': SOAP, 'xmlns:m': MESSAGES, 'xmlns:t': TYPES }, [header, body]);
  return `<?xml version="1.0" encoding="utf-8"?>${envelope.markup}`;
}
