import type { Answer } from '@daybook/simulator-kit';
import type { AutodiscoverServer } from '../around';
import { readDocument, type DocumentElement } from '../read-document';
import { tag, xmlDocument, type Markup } from '../write-markup';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const ADDRESSING = 'http://www.w3.org/2005/08/addressing';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
export const AUTODISCOVER = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';

export const NIL = { 'i:nil': 'true' } as const;

/** The request inside of an envelope of SOAP 1.1; null where there is none. */
export function readEnvelope(body: string): DocumentElement | null {
  const root = readDocument(body);
  if (root === null || root.name !== 'Envelope' || root.namespace !== SOAP) return null;
  const soapBody = root.children.find(({ name, namespace }) => name === 'Body' && namespace === SOAP);
  return soapBody?.children[0] ?? null;
}

/** The answer to an operation: `GetUserSettings` gives `GetUserSettingsResponseMessage`, with `Response` in it. */
export function answerEnvelope(operation: string, content: readonly Markup[], server: AutodiscoverServer): Answer {
  const response = tag('Response', content, { 'xmlns:i': INSTANCE });
  const message = tag(`${operation}ResponseMessage`, [response], { xmlns: AUTODISCOVER });
  const action = `${AUTODISCOVER}/Autodiscover/${operation}Response`;
  return envelope(200, { action, body: message, server });
}

/** What is no request of this service. */
export function faultEnvelope(text: string, server: AutodiscoverServer): Answer {
  const fault = tag('s:Fault', [
    tag('faultcode', 'a:ActionNotSupported'),
    tag('faultstring', text, { 'xml:lang': 'en-US' }),
  ]);
  return envelope(500, { action: `${ADDRESSING}/soap/fault`, body: fault, server });
}

function envelope(
  status: number,
  { action, body, server }: { action: string; body: Markup; server: AutodiscoverServer },
): Answer {
  const header = [tag('a:Action', action, { 's:mustUnderstand': '1' }), versionOf(server)];
  const root = tag('s:Envelope', [tag('s:Header', header), tag('s:Body', [body])], {
    'xmlns:s': SOAP,
    'xmlns:a': ADDRESSING,
  });
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'private' },
    body: xmlDocument(root),
  };
}

function versionOf({ major, minor, majorBuild, minorBuild, newest }: AutodiscoverServer): Markup {
  return tag(
    'h:ServerVersionInfo',
    [
      tag('h:MajorVersion', String(major)),
      tag('h:MinorVersion', String(minor)),
      tag('h:MajorBuildNumber', String(majorBuild)),
      tag('h:MinorBuildNumber', String(minorBuild)),
      tag('h:Version', newest),
    ],
    { 'xmlns:h': AUTODISCOVER, 'xmlns:i': INSTANCE },
  );
}
