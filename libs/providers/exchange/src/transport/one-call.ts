/** One exchange with the web services: how a request is sent and what came back, without a judgement on it. */
import type { ProviderHttpRequest, ProviderHttpResponse } from '@daybook/provider-port';
import type { ExchangeAccess } from './access-text';
import type { Markup } from './markup';
import { readAnswer } from './read-answer';
import { UnreadableAnswer } from './record-reader';
import type { Members } from './record-shape';
import { type AnswerFrame, answerShape, readMessages } from './response-messages';
import { soapEnvelope } from './soap-envelope';

export interface OneOperation extends AnswerFrame {
  /** Written for the schema version of the access. */
  readonly request: (version: string) => Markup;
  /** What is wanted of each response message. */
  readonly content: Members;
}

const DEADLINE_MS = 60_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** Null for what is no answer of Exchange to this operation. A cut one is an outage like any other. */
export async function answerIn(response: Pick<ProviderHttpResponse, 'status' | 'body'>, operation: OneOperation) {
  if (!hasAnswer(response)) return null;
  try {
    const shape = answerShape(operation, operation.content);
    return readMessages(operation, await readAnswer(response.body, 'Envelope', shape));
  } catch (error) {
    if (error instanceof UnreadableAnswer) return null;
    throw error;
  }
}

export function requestTo(access: ExchangeAccess, { request }: OneOperation): ProviderHttpRequest {
  return {
    method: 'POST',
    url: access.url,
    headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml' },
    body: soapEnvelope(access.version, request(access.version)),
    deadlineMs: DEADLINE_MS,
    maxBytes: MAX_BYTES,
    ...signedBy(access),
  };
}

/** Where the address is plain http, the operator lists the host, or the client lets no such request out. */
export function signedBy({
  url,
  user,
  domain,
  password,
  trust,
}: Omit<ExchangeAccess, 'version'>): Pick<ProviderHttpRequest, 'credentials' | 'trust'> {
  return {
    credentials: {
      user,
      ...(domain === null ? {} : { domain }),
      password,
      schemes: ['ntlm', 'basic'],
      ...(url.toLowerCase().startsWith('http:') ? { overPlainHttp: true } : {}),
    },
    ...(trust ? { trust } : {}),
  };
}

/** Statuses Exchange itself answers with; a sign-in that failed or a gateway may send anything. */
const hasAnswer = ({ status }: Pick<ProviderHttpResponse, 'status'>): boolean => status === 200 || status === 500;
