/**
 * The way to the web services, gone without a password: whether an address may be called, answers, and shows a certificate that is
 * taken; and how it wants people to sign in.
 */
import {
  certificateNote,
  expiryOfRefused,
  type CertificateNote,
  type ProviderHttpResponse,
} from '@daybook/provider-port';
import { anyHost, type HostJudge } from '../autodiscover/known-hosts';
import { offersOurs } from '../transport/refusal-of-access';
import { codeOfTrouble, type HttpTrouble, isNoTls, troubleOf } from './http-trouble';
import { isAllowedHost } from './server-rules';
import type { SignInAttempt } from './sign-in-attempt';

const DEADLINE_MS = 8_000;
const MAX_BYTES = 256 * 1024;
const SERVICES = /\/exchange\.asmx$/i;

export interface Candidates {
  /** Of the services, the best first; where one cannot be reached, the next is tried. */
  readonly urls: readonly URL[];
  /**
   * The person named a host and not how it is spoken to: plain http is tried where no TLS is spoken, if the guard lists it and the form
   * says nothing of certificates, which are of TLS alone.
   */
  readonly isOnlyHost: boolean;
  /** Whether a host may be shown the password by the way it was found; absent where a person has named it. */
  readonly isKnown?: HostJudge;
}

export interface ServerThere {
  readonly url: URL;
  /** Milliseconds since 1970; absent where no certificate was shown, or where it is not checked. */
  readonly certificateExpiresAt?: number;
}

type Reached = { readonly response: ProviderHttpResponse } | { readonly trouble: HttpTrouble };

/** The first that is reached. @throws SignInFailure at `address`, `tls` or `sign_in` */
export async function reachServer(attempt: SignInAttempt, candidates: Candidates): Promise<ServerThere> {
  const { urls, isOnlyHost, isKnown = anyHost } = candidates;
  const { steps, rules } = attempt;
  const [url, ...others] = urls;
  if (url === undefined) return steps.fail('address', null, 'not_found_by_address');
  const next = () => {
    steps.skipped('address', url, 'not_there');
    return reachServer(attempt, { ...candidates, urls: others });
  };
  if (!isAllowedHost(url, rules)) return others.length > 0 ? next() : steps.fail('address', url, 'host_not_allowed');
  if (!isKnown(url)) return steps.fail('address', url, 'host_unconfirmed');
  const reached = await reach(attempt, url);
  if ('response' in reached) return followed(attempt, { url, isKnown }, reached.response);
  const { trouble } = reached;
  if (isOnlyHost && !attempt.trust && isNoTls(trouble))
    return reachServer(attempt, { ...candidates, urls: [overPlainHttp(url)], isOnlyHost: false });
  return trouble.kind !== 'tls' && others.length > 0 ? next() : unreached(attempt, url, trouble);
}

async function unreached({ http, steps, time }: SignInAttempt, url: URL, trouble: HttpTrouble): Promise<never> {
  const code = codeOfTrouble(trouble, url);
  if (trouble.kind !== 'tls') return steps.fail('address', url, code);
  steps.passed('address', url);
  const limits = { deadlineMs: time.upTo(DEADLINE_MS), maxBytes: MAX_BYTES };
  const since = code === 'certificate_expired' ? await expiryOfRefused(http, { url: url.href, ...limits }) : {};
  return steps.fail('tls', url, code, since);
}

async function reach({ http, trust, time }: SignInAttempt, url: URL): Promise<Reached> {
  try {
    const limits = { deadlineMs: time.upTo(DEADLINE_MS), maxBytes: MAX_BYTES };
    const request = {
      method: 'GET',
      url: url.href,
      redirect: 'manual',
      ...limits,
      ...(trust ? { trust } : {}),
    } as const;
    return { response: await http.request(request) };
  } catch (failure) {
    return { trouble: troubleOf(failure) };
  }
}

interface Beginning {
  readonly url: URL;
  readonly isKnown: HostJudge;
}

/** Services may have moved: then to where they are, each host judged and told like the first. */
async function followed(attempt: SignInAttempt, first: Beginning, answer: ProviderHttpResponse): Promise<ServerThere> {
  const { steps, rules, redirects } = attempt;
  let [url, response] = [first.url, answer];
  for (;;) {
    steps.passed('address', url);
    if (url.protocol === 'https:') steps.passed('tls', url, noteOf(attempt, response));
    else steps.skipped('tls', url, 'plain_http');
    if (response.status < 300 || response.status > 399) break;
    const next = locationOf(response, url);
    if (next === null || !SERVICES.test(next.pathname)) return steps.fail('sign_in', url, 'no_services_there');
    if (next.protocol !== 'https:') return steps.fail('address', next, 'plain_http_refused');
    if (!redirects.take()) return steps.fail('address', next, 'too_many_redirects');
    if (!isAllowedHost(next, rules)) return steps.fail('address', next, 'host_not_allowed');
    if (!first.isKnown(next)) return steps.fail('address', next, 'host_unconfirmed');
    const reached = await reach(attempt, next);
    if ('trouble' in reached) return unreached(attempt, next, reached.trouble);
    [url, response] = [next, reached.response];
  }
  if (response.status === 401 && !offersOurs(response)) return steps.fail('sign_in', url, 'scheme_not_offered');
  const { expiresAt } = noteOf(attempt, response);
  return { url, ...(expiresAt === undefined ? {} : { certificateExpiresAt: expiresAt }) };
}

/** The end of one that is not checked stops nothing. */
function noteOf({ trust, clock }: SignInAttempt, { certificate }: ProviderHttpResponse): CertificateNote {
  return trust?.skipChecks ? {} : certificateNote(certificate, clock.now());
}

export function locationOf({ headers }: ProviderHttpResponse, from: URL): URL | null {
  const location = headers['location'];
  return location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : null;
}

function overPlainHttp(url: URL): URL {
  const plain = new URL(url);
  plain.protocol = 'http:';
  return plain;
}
