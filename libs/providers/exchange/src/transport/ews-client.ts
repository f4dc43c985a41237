/**
 * Calls of Exchange Web Services. One exchange each: no retry, no redirect, and no address but that of the access. How a
 * password is shown is a matter of the http client.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/get-started-with-ews-client-applications.
 */
import {
  type Clock,
  errorFromFailure,
  type ForeignRecord,
  type ProviderAccess,
  ProviderError,
  type ProviderHttp,
  type ProviderHttpResponse,
} from '@daybook/provider-port';
import { errorFromRefusal, errorFromStatus, isOfTheMailbox, type RefusedRequest } from '../exchange.errors';
import { type ExchangeAccess, readAccess } from './access-text';
import type { Markup } from './markup';
import { readAnswer } from './read-answer';
import { UnreadableAnswer } from './record-reader';
import type { Members } from './record-shape';
import { answerShape, readMessages } from './response-messages';
import { soapEnvelope } from './soap-envelope';

export interface EwsOperation extends Partial<RefusedRequest> {
  /** As its response messages name it: `GetItem`. */
  readonly name: string;
  /** Written for the schema version of the access. */
  readonly request: (version: string) => Markup;
  /** What is wanted of each response message. */
  readonly content: Members;
}

/** What came of one part of a request. */
export type PartAnswer =
  { readonly ok: true; readonly content: ForeignRecord } | { readonly ok: false; readonly error: ProviderError };

export interface EwsAnswer {
  /** In the order of the request's parts. */
  readonly parts: readonly PartAnswer[];
  /** Of the whole answer, unpacked. */
  readonly bytes: number;
}

export interface EwsClient {
  /** @throws ProviderError for what concerns all of it: a fault, an outage, what would befall any other request alike */
  call(access: ProviderAccess, operation: EwsOperation): Promise<EwsAnswer>;
  /** The same of a request with one part. @throws ProviderError also for that part's own refusal */
  ask(access: ProviderAccess, operation: EwsOperation): Promise<ForeignRecord>;
}

export interface EwsSurroundings {
  readonly http: ProviderHttp;
  readonly clock: Clock;
}

const DEADLINE_MS = 60_000;
export const MAX_BYTES = 32 * 1024 * 1024;

export function createEwsClient({ http, clock }: EwsSurroundings): EwsClient {
  async function exchange(access: ExchangeAccess, operation: EwsOperation): Promise<ProviderHttpResponse> {
    try {
      return await http.request(requestTo(access, operation));
    } catch (failure) {
      throw errorFromFailure(failure);
    }
  }

  async function call(access: ProviderAccess, operation: EwsOperation): Promise<EwsAnswer> {
    const response = await exchange(readAccess(access), operation);
    const { wrote = false, aboutOneCalendar = false } = operation;
    const refused: RefusedRequest = { wrote, aboutOneCalendar };
    const answer = hasAnswer(response) ? await messagesIn(response, operation) : null;
    if (answer === null) throw errorFromStatus(response, clock.now());
    if (answer.type === 'fault') throw errorFromRefusal(answer.refusal, refused);
    const parts = answer.messages.map((message): PartAnswer =>
      message.ok ? message : { ok: false, error: errorFromRefusal(message.refusal, refused) },
    );
    const refusal = parts.flatMap((part) => (part.ok ? [] : [part.error])).find(isOfTheMailbox);
    if (refusal) throw refusal;
    return { parts, bytes: response.body.length };
  }

  return {
    call,
    async ask(access, operation) {
      const [part] = (await call(access, operation)).parts;
      if (part === undefined) throw new ProviderError('Unavailable', { detail: 'an answer with a part missing' });
      if (!part.ok) throw part.error;
      return part.content;
    },
  };
}

/** Where the address is plain http, the operator lists the host, or the client lets no such request out. */
function requestTo({ url, user, domain, password, version }: ExchangeAccess, { request }: EwsOperation) {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml' },
    body: soapEnvelope(version, request(version)),
    deadlineMs: DEADLINE_MS,
    maxBytes: MAX_BYTES,
    credentials: {
      user,
      ...(domain === null ? {} : { domain }),
      password,
      schemes: ['ntlm', 'basic'],
      ...(url.toLowerCase().startsWith('http:') ? { overPlainHttp: true } : {}),
    },
  } as const;
}

/** Statuses Exchange itself answers with; a sign-in that failed or a gateway may send anything. */
const hasAnswer = ({ status }: ProviderHttpResponse): boolean => status === 200 || status === 500;

/** Null for what is no answer of Exchange. A cut one is an outage like any other. */
async function messagesIn({ body }: ProviderHttpResponse, { name, content }: EwsOperation) {
  try {
    return readMessages(name, await readAnswer(body, 'Envelope', answerShape(name, content)));
  } catch (error) {
    if (error instanceof UnreadableAnswer) return null;
    throw error;
  }
}
