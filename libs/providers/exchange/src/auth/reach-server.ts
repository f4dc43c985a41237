/**
 * The way to the web services, gone without a password: whether an address may be called, answers, and shows a certificate that is
 * taken; and how it wants people to sign in.
 */
import type { ProviderHttpResponse } from '@daybook/provider-port';
import { offersOurs } from '../transport/refusal-of-access';
import { codeOfTrouble, type HttpTrouble, isNoTls, troubleOf } from './http-trouble';
import { isAllowedHost } from './server-rules';
import type { SignInAttempt } from './sign-in-attempt';

const DEADLINE_MS = 8_000;
const MAX_BYTES = 256 * 1024;
const MOST_REDIRECTS = 10;
const SERVICES = /\/exchange\.asmx$/i;

export interface Candidates {
  /** Of the services, the best first; where one cannot be reached, the next is tried. */
  readonly urls: readonly URL[];
  /**
   * The person named a host and not how it is spoken to: plain http is tried where no TLS is spoken, if the guard lists it and the form
   * says nothing of certificates, which are of TLS alone.
   */
  readonly isOnlyHost: boolean;
}

type Reached = { readonly response: ProviderHttpResponse } | { readonly trouble: HttpTrouble };

/** The first that is reached. @throws SignInFailure at `address`, `tls` or `sign_in` */
export async function reachServer(attempt: SignInAttempt, { urls, isOnlyHost }: Candidates): Promise<URL> {
  const { steps, rules } = attempt;
  const [url, ...others] = urls;
  if (url === undefined) return steps.fail('address', null, 'not_found_by_address');
  const next = () => {
    steps.skipped('address', url, 'not_there');
    return reachServer(attempt, { urls: others, isOnlyHost });
  };
  if (!isAllowedHost(url, rules)) return others.length > 0 ? next() : steps.fail('address', url, 'host_not_allowed');
  const reached = await reach(attempt, url);
  if ('response' in reached) return followed(attempt, url, reached.response);
  const { trouble } = reached;
  if (isOnlyHost && !attempt.trust && isNoTls(trouble))
    return reachServer(attempt, { urls: [overPlainHttp(url)], isOnlyHost: false });
  return trouble.kind !== 'tls' && others.length > 0 ? next() : unreached(attempt, url, trouble);
}

function unreached({ steps }: SignInAttempt, url: URL, trouble: HttpTrouble): never {
  if (trouble.kind !== 'tls') return steps.fail('address', url, codeOfTrouble(trouble, url));
  steps.passed('address', url);
  return steps.fail('tls', url, 'certificate_refused');
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

/** Services may have moved: then to where they are, each host judged and told like the first. */
async function followed(attempt: SignInAttempt, first: URL, answer: ProviderHttpResponse): Promise<URL> {
  const { steps, rules } = attempt;
  let [url, response] = [first, answer];
  for (let redirects = 0; ; redirects += 1) {
    steps.passed('address', url);
    if (url.protocol === 'https:') steps.passed('tls', url);
    else steps.skipped('tls', url, 'plain_http');
    if (response.status < 300 || response.status > 399) break;
    const next = locationOf(response, url);
    if (next === null || !SERVICES.test(next.pathname)) return steps.fail('sign_in', url, 'no_services_there');
    if (next.protocol !== 'https:') return steps.fail('address', next, 'plain_http_refused');
    if (redirects >= MOST_REDIRECTS) return steps.fail('address', next, 'too_many_redirects');
    if (!isAllowedHost(next, rules)) return steps.fail('address', next, 'host_not_allowed');
    const reached = await reach(attempt, next);
    if ('trouble' in reached) return unreached(attempt, next, reached.trouble);
    [url, response] = [next, reached.response];
  }
  if (response.status === 401 && !offersOurs(response)) return steps.fail('sign_in', url, 'scheme_not_offered');
  return url;
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
