import type { DiagnosisCheck, DiagnosisItem } from '@daybook/contracts';
import type { ApiClient } from './api-client';
import { isInstant, isRecord, offlineProblem, readProblem } from './api-problem';
import { readEvents } from './sse-reader';

/** In the order in which they are made. */
export const diagnosisChecks: readonly DiagnosisCheck[] = [
  'address',
  'tls',
  'sign_in',
  'permissions',
  'read',
  'write_then_remove',
  'push',
];
const outcomes: readonly DiagnosisItem['outcome'][] = ['passed', 'failed', 'skipped'];

/**
 * Has a connection checked and gives each finding as it comes. @throws ApiProblem when it is refused or breaks off, also
 * where it just ends before all is there.
 */
export async function* readDiagnosis(
  api: ApiClient,
  connectionId: string,
  signal: AbortSignal,
): AsyncGenerator<DiagnosisItem, void, undefined> {
  const path = `/v1/connections/${encodeURIComponent(connectionId)}/diagnose`;
  const headers = { Accept: 'text/event-stream' };
  const response = await api.open(path, { method: 'POST', headers, signal });
  const missing = new Set(diagnosisChecks);
  for await (const { event, data } of response.body ? readEvents(response.body) : []) {
    if (event === 'problem') throw await readProblem(new Response(data, { status: 503 }));
    const item: unknown = parsed(data);
    if (event !== 'check' || !isItem(item)) continue;
    missing.delete(item.check);
    yield item;
  }
  if (missing.size > 0) throw offlineProblem();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A check of a newer release is not for this page; a code it does not know is, with the server's words. */
function isItem(value: unknown): value is DiagnosisItem {
  return (
    isRecord(value) &&
    diagnosisChecks.some((check) => check === value.check) &&
    outcomes.some((outcome) => outcome === value.outcome) &&
    typeof value.detail === 'string' &&
    (value.fix === undefined || typeof value.fix === 'string') &&
    (value.code === undefined || typeof value.code === 'string') &&
    isInstant(value.expiresAt)
  );
}
