import { jsonAnswer, type Answer, type Incoming } from '@daybook/simulator-kit';
import type { AroundAutodiscover, AutodiscoverEntry, Redirection } from './around';

const PATH = '/autodiscover/autodiscover.json';
const SUPPORTED = ['EWS', 'AutodiscoverV1'] as const;

type Protocol = (typeof SUPPORTED)[number];

/**
 * `GET /autodiscover/autodiscover.json?Email=…&Protocol=EWS`, also with the address in the path
 * (`/autodiscover/autodiscover.json/v1.0/ada@example.com?Protocol=EWS`). Nobody has to sign in for it.
 */
export function answerJson({ path, query }: Pick<Incoming, 'path' | 'query'>, around: AroundAutodiscover): Answer {
  const email = parameter(query, 'email') ?? emailInPath(path);
  const wanted = parameter(query, 'protocol');
  if (wanted === null) return missing('Protocol');
  const protocol = SUPPORTED.find((one) => one.toLowerCase() === wanted.toLowerCase());
  if (protocol === undefined) {
    const message = `The given protocol value '${wanted}' is invalid. Supported values are '${SUPPORTED.join(',')}'`;
    return refusal(400, 'InvalidProtocol', message);
  }
  if (email === null) return missing('Email');
  const entry = around.directory.find(email.toLowerCase());
  if (entry?.redirection !== undefined) return redirected(entry.redirection, { email, protocol, query });
  const url = entry === null ? null : urlOf(entry, protocol);
  return url === null ? notFound() : jsonAnswer(200, { Protocol: protocol, Url: url });
}

function urlOf({ ewsUrl }: AutodiscoverEntry, protocol: Protocol): string | null {
  if (ewsUrl === null || protocol === 'EWS') return ewsUrl;
  return new URL('/autodiscover/autodiscover.xml', ewsUrl).href;
}

interface Asked {
  readonly email: string;
  readonly protocol: Protocol;
  readonly query: URLSearchParams;
}

/** To the same service elsewhere, with a count that keeps clients from going round; in the body, too, as everything here. */
function redirected(redirection: Redirection, { email, protocol, query }: Asked): Answer {
  const count = Number.parseInt(parameter(query, 'redirectcount') ?? '0', 10) || 0;
  const next = redirection.kind === 'address' ? redirection.email : email;
  const base =
    redirection.kind === 'address'
      ? `https://autodiscover.${redirection.email.slice(redirection.email.indexOf('@') + 1)}`
      : redirection.url;
  if (!URL.canParse(PATH, base)) return notFound();
  const target = new URL(PATH, base);
  target.search = new URLSearchParams({
    Email: next,
    Protocol: protocol,
    RedirectCount: String(count + 1),
  }).toString();
  return jsonAnswer(302, { Protocol: protocol, Url: target.href }, { location: target.href });
}

/** Names of parameters may be written in any case. */
function parameter(query: URLSearchParams, name: string): string | null {
  const found = [...query].find(([key, value]) => key.toLowerCase() === name && value !== '');
  return found?.[1] ?? null;
}

function emailInPath(path: string): string | null {
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    const text = decodeURIComponent(last);
    return text.includes('@') ? text : null;
  } catch {
    return null;
  }
}

function missing(name: string): Answer {
  const message = `A valid value must be provided for the query parameter '${name}'`;
  return refusal(400, 'MandatoryParameterMissing', message);
}

function notFound(): Answer {
  return refusal(404, 'UserNotFound', 'The given user is not found');
}

function refusal(status: number, code: string, message: string): Answer {
  return jsonAnswer(status, { ErrorCode: code, ErrorMessage: message });
}
