/**
 * Calls of Exchange Web Services. One exchange each: no retry, no redirect, and no address but that of the access. How a
 * password is shown is a matter of the http client; one that was refused is not shown again.
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
import { readAccess } from './access-text';
import { answerIn, type OneOperation, requestTo } from './one-call';
import { RefusedAccess } from './refused-access';

export type EwsOperation = OneOperation & Partial<RefusedRequest>;

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

type Besides = Pick<ProviderHttpResponse, 'status' | 'headers' | 'credentialsWithheld'>;

/** What else goes to the same servers, knows of the same refusals. */
export interface BesideCalls {
  /** What `send` gives or throws, unless the access was refused before, or the signal comes while it waits for calls to be answered. */
  beside<T extends Besides>(access: ProviderAccess, send: () => Promise<T>, until?: AbortSignal): Promise<T>;
}

export interface EwsSurroundings {
  readonly http: ProviderHttp;
  readonly clock: Clock;
}

export function createEwsClient({ http, clock }: EwsSurroundings): EwsClient & BesideCalls {
  const refusals = new RefusedAccess();

  async function exchange(access: ProviderAccess, operation: EwsOperation): Promise<ProviderHttpResponse> {
    const request = requestTo(readAccess(access), operation);
    try {
      return await refusals.unlessRefused(access.token, () => http.request(request));
    } catch (failure) {
      throw errorFromFailure(failure);
    }
  }

  async function call(access: ProviderAccess, operation: EwsOperation): Promise<EwsAnswer> {
    const response = await exchange(access, operation);
    const { wrote = false, aboutOneCalendar = false } = operation;
    const refused: RefusedRequest = { wrote, aboutOneCalendar };
    const answer = await answerIn(response, operation);
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
    beside: (access, send, until) => refusals.beside(access.token, send, until),
    async ask(access, operation) {
      const [part] = (await call(access, operation)).parts;
      if (part === undefined) throw new ProviderError('Unavailable', { detail: 'an answer with a part missing' });
      if (!part.ok) throw part.error;
      return part.content;
    },
  };
}
