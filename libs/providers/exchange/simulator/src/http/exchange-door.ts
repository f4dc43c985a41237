import { emptyAnswer, htmlPage, pageAnswer, type Answer, type Incoming } from '@daybook/simulator-kit';
import type { SoapDoor } from '../soap/soap-door';
import { MOST_BYTES } from '../wire/read-xml';

/** Who a request comes from, or the answer to one that does not say so well enough (a challenge). */
export type Identified =
  | { readonly email: string; readonly headers?: Readonly<Record<string, string | string[]>> }
  | { readonly answer: Answer };

export type Identify = (incoming: Incoming) => Identified | Promise<Identified>;

const PATH = /^\/ews\/exchange\.asmx\/?$/i;
const SOAP_TYPE = 'text/xml; charset=utf-8';
const XML_TYPES = /^\s*(?:text|application)\/xml\s*(?:;|$)/i;

/** Whether a path is that of Exchange Web Services, whatever its case. */
export const isExchangePath = (path: string): boolean => PATH.test(path);

/** Exchange Web Services as one function; it never rejects. */
export function exchangeDoor(soap: SoapDoor, identify: Identify): (incoming: Incoming) => Promise<Answer> {
  return async (incoming) => {
    if (!isExchangePath(incoming.path)) return emptyAnswer(404);
    const who = await identify(incoming);
    if ('answer' in who) return who.answer;
    const answer = await answerTo(incoming, soap, who.email);
    return { ...answer, headers: { ...answer.headers, ...who.headers } };
  };
}

async function answerTo(incoming: Incoming, soap: SoapDoor, caller: string): Promise<Answer> {
  const { method, body, origin, gone } = incoming;
  if (method === 'GET' || method === 'HEAD') return described(incoming);
  if (method !== 'POST') return emptyAnswer(405, { allow: 'GET, HEAD, POST' });
  if (!XML_TYPES.test(incoming.headers['content-type'] ?? '')) return emptyAnswer(415);
  if (body.trim() === '') return emptyAnswer(400);
  if (Buffer.byteLength(body) > MOST_BYTES) return emptyAnswer(413, { connection: 'close' });
  const answer = await soap.answer(body, { caller, origin, ...(gone ? { gone } : {}) });
  if ('isLost' in answer) return { ...emptyAnswer(200), cut: true };
  const { status } = answer;
  const headers = { 'content-type': SOAP_TYPE, 'cache-control': 'private' };
  if ('body' in answer) return { status, headers, body: answer.body };
  return { status, headers, body: '', chunks: answer.envelopes };
}

/** What a browser sees there; the description of the service itself is not handed out. */
function described({ query }: Incoming): Answer {
  if (query.has('wsdl') || query.has('singleWsdl')) return emptyAnswer(404);
  return pageAnswer(200, htmlPage('Service', '<h1>Service</h1><p>You have created a service.</p>'));
}
