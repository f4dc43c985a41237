import type { Answer, Incoming } from '@daybook/simulator-kit';
import type { AroundAutodiscover } from './around';
import { answerJson } from './json-v2';
import { answerPox } from './pox/pox';
import { answerSoapAutodiscover } from './soap/soap-autodiscover';

export type AutodiscoverKind = 'pox' | 'soap' | 'json';

const PATH = /^\/autodiscover\/autodiscover\.(?:(xml)|(svc)|(json)(?:\/v1\.0\/[^/]*)?)$/i;

/**
 * On every answer of `.xml` and `.svc`, the 401 among them: clients of Microsoft look there, before they sign in, whether
 * they may speak SOAP.
 */
export const AUTODISCOVER_HEADERS: Readonly<Record<string, string>> = {
  'x-soap-enabled': 'True',
  'x-wssecurity-for': 'None',
};

/** Which service a path leads to, in any case; null of other paths. Whoever asks `json` need not sign in. */
export function autodiscoverKind(path: string): AutodiscoverKind | null {
  const found = PATH.exec(path);
  if (found === null) return null;
  if (found[1] !== undefined) return 'pox';
  return found[2] !== undefined ? 'soap' : 'json';
}

/** Answers a request to one of the three services; never throws. */
export function answerAutodiscover(
  kind: AutodiscoverKind,
  incoming: Pick<Incoming, 'method' | 'path' | 'query' | 'body'>,
  around: AroundAutodiscover,
): Answer {
  if (kind === 'json') return answerJson(incoming, around);
  const answer = kind === 'pox' ? answerPox(incoming, around) : answerSoapAutodiscover(incoming, around);
  return { ...answer, headers: { ...AUTODISCOVER_HEADERS, ...answer.headers } };
}
