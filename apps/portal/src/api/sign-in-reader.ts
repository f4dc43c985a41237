import type { SignInItem, SignInStep } from '@daybook/contracts';
import type { ApiClient } from './api-client';
import { isInstant, isRecord, offlineProblem, problemFrom } from './api-problem';
import type { Connected } from './connection-queries';
import { readEvents } from './sse-reader';

/** In the order in which they are made. */
export const signInSteps: readonly SignInStep[] = [
  'find_by_setting',
  'find_at_domain',
  'find_at_autodiscover_host',
  'find_by_redirect',
  'find_by_srv',
  'address',
  'tls',
  'sign_in',
  'version',
  'mailbox',
];
const outcomes: readonly SignInItem['outcome'][] = ['passed', 'failed', 'skipped'];

/** Where a form goes, with what. */
export interface SignInCall {
  readonly path: string;
  readonly body: unknown;
}

/**
 * Sends a form with a password and gives each step as it is made; returns the connection. @throws ApiProblem when it is refused
 * (its `steps` are the whole truth then, because single ones can be lost) or breaks off.
 */
export async function* readSignIn(
  api: ApiClient,
  { path, body }: SignInCall,
  signal: AbortSignal,
): AsyncGenerator<SignInItem, Connected, undefined> {
  const headers = { Accept: 'text/event-stream' };
  const response = await api.open(path, { method: 'POST', body, headers, signal });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return orThrow(await response.json());
  for await (const { event, data } of response.body ? readEvents(response.body) : []) {
    const said = parsed(data);
    if (event === 'problem') throw problemFrom(said, 422);
    if (event === 'done') return orThrow(said);
    if (event === 'step' && isSignInItem(said)) yield said;
  }
  throw offlineProblem();
}

function orThrow(answer: unknown): Connected {
  if (isConnected(answer)) return answer;
  throw problemFrom(null, 502);
}

/** The rest of its shape is the contract of the release both sides come from. */
function isConnected(answer: unknown): answer is Connected {
  return isRecord(answer) && isRecord(answer.connection) && typeof answer.connection.id === 'string';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A step of a newer release is not for this page; a code it does not know is, with the server's words. */
export function isSignInItem(value: unknown): value is SignInItem {
  return (
    isRecord(value) &&
    signInSteps.some((step) => step === value.step) &&
    outcomes.some((outcome) => outcome === value.outcome) &&
    typeof value.detail === 'string' &&
    [value.host, value.code, value.fix].every((text) => text === undefined || typeof text === 'string') &&
    isInstant(value.expiresAt)
  );
}
