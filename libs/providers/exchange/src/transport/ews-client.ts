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
import {
  errorFromRefusal,
  errorFromStatus,
  isOfTheMailbox,
  NOT_LOOKED_AT,
  type RefusedRequest,
  TOO_MUCH,
} from '../exchange.errors';
import { readAccess } from './access-text';
import { answerIn, type OneOperation, requestTo } from './one-call';
import { RefusedAccess } from './refused-access';
import type { ResponseMessage } from './response-messages';
import { SeenCertificates } from './seen-certificates';

export type EwsOperation = OneOperation & Partial<RefusedRequest>;

/** What came of one part of a request. */
export type PartAnswer =
  | { readonly ok: true; readonly content: ForeignRecord }
  | {
      readonly ok: false;
      readonly error: ProviderError;
      /** Exchange did not even look at it, as one before it had ended the batch. */
      readonly untried?: boolean;
      /** There is more than it gives at once. */
      readonly isTooMuch?: boolean;
    };

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

type Besides = Pick<ProviderHttpResponse, 'status' | 'headers' | 'credentialsWithheld' | 'certificate'>;

/** What else goes to the same servers, knows of the same refusals. */
export interface BesideCalls {
  /** What `send` gives or throws, unless the access was refused before, or the signal comes while it waits for calls to be answered. */
  beside<T extends Besides>(access: ProviderAccess, send: () => Promise<T>, until?: AbortSignal): Promise<T>;
}

export interface SeenByCalls {
  /** As `Provider.certificateExpiry`. */
  certificateExpiry(access: ProviderAccess): number | null;
}

export interface EwsSurroundings {
  readonly http: ProviderHttp;
  readonly clock: Clock;
}

export function createEwsClient({ http, clock }: EwsSurroundings): EwsClient & BesideCalls & SeenByCalls {
  const refusals = new RefusedAccess();
  const certificates = new SeenCertificates();

  async function exchange(access: ProviderAccess, operation: EwsOperation): Promise<ProviderHttpResponse> {
    const request = requestTo(readAccess(access), operation);
    try {
      const response = await refusals.unlessRefused(access.token, () => http.request(request));
      certificates.note(request, response);
      return response;
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
    const refusedPart: RefusedRequest = { ...refused, aboutOthers: operation.toldOf !== undefined, answered: true };
    const parts = answer.messages.map((message) => partOf(message, refusedPart));
    const refusal = parts.flatMap((part) => (part.ok ? [] : [part.error])).find(isOfTheMailbox);
    if (refusal) throw refusal;
    return { parts, bytes: response.body.length };
  }

  return {
    call,
    certificateExpiry: (access) => certificates.expiryFor(access),
    async beside(access, send, until) {
      const response = await refusals.beside(access.token, send, until);
      certificates.note(readAccess(access), response);
      return response;
    },
    async ask(access, operation) {
      const [part] = (await call(access, operation)).parts;
      if (part === undefined) throw new ProviderError('Unavailable', { detail: 'an answer with a part missing' });
      if (!part.ok) throw part.error;
      return part.content;
    },
  };
}

function partOf(message: ResponseMessage, refused: RefusedRequest): PartAnswer {
  if (message.ok) return message;
  const { refusal } = message;
  const error = errorFromRefusal(refusal, refused);
  return { ok: false, error, untried: refusal.code === NOT_LOOKED_AT, isTooMuch: refusal.code === TOO_MUCH };
}
