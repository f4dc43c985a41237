import type { Answer } from '@daybook/simulator-kit';
import type { AroundAutodiscover, AutodiscoverEntry } from '../around';
import { answerAutodiscover, type AutodiscoverKind } from '../autodiscover';
import { readDocument, type DocumentElement } from '../read-document';

export const EWS = 'https://mail.example.com/EWS/Exchange.asmx';
export const INTERNAL = 'https://exch01.example.com/EWS/Exchange.asmx';

const ENTRIES: readonly AutodiscoverEntry[] = [
  { email: 'ada@example.com', displayName: 'Ada <&> Lovelace', ewsUrl: EWS, internalEwsUrl: INTERNAL },
  { email: 'ben@example.com', displayName: 'Ben', ewsUrl: EWS },
  { email: 'nobox@example.com', displayName: 'No box', ewsUrl: null },
  {
    email: 'moved@example.com',
    displayName: 'Moved',
    ewsUrl: EWS,
    redirection: { kind: 'address', email: 'moved@other.example' },
  },
  {
    email: 'cloud@example.com',
    displayName: 'Cloud',
    ewsUrl: EWS,
    redirection: { kind: 'url', url: 'https://cloud.example/autodiscover/autodiscover.xml' },
  },
];

export const AROUND: AroundAutodiscover = {
  directory: {
    find: (email) => ENTRIES.find((entry) => entry.email === email) ?? null,
    domainEwsUrl: (domain) => (domain === 'example.com' ? EWS : null),
  },
  server: {
    major: 15,
    minor: 2,
    majorBuild: 1748,
    minorBuild: 10,
    newest: 'Exchange2013_SP1',
    schemas: ['Exchange2007', 'Exchange2013_SP1'],
    hostName: 'EXCH01.example.com',
    organization: 'Example',
  },
  clock: { now: () => Date.parse('2026-11-22T08:09:10.123Z') },
};

/** What a service answers to a request. */
export function ask(
  kind: AutodiscoverKind,
  { method = 'POST', body = '', target = '/' }: { method?: string; body?: string; target?: string },
): Answer {
  const { pathname, searchParams } = new URL(target, 'http://unnamed.invalid');
  return answerAutodiscover(kind, { method, path: pathname, query: searchParams, body }, AROUND);
}

export function read(answer: Answer): DocumentElement {
  const document = readDocument(answer.body);
  if (document === null) throw new Error(`no document: ${answer.body}`);
  return document;
}
