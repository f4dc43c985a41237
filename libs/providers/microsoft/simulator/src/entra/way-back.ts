import { escapeHtml, htmlPage, pageAnswer, redirectAnswer, withParameters, type Answer } from '@daybook/simulator-kit';
import type { WayBack } from './authorization';
import type { EntraError } from './entra-error';
import { SIMULATED } from './entra-pages';

/** Sends a browser back to the client with what it waits for. */
export function goBack({ redirectUri, mode, state }: WayBack, parameters: Readonly<Record<string, string>>): Answer {
  const all = { ...parameters, ...(state === null ? {} : { state }) };
  if (mode === 'query') return redirectAnswer(withParameters(redirectUri, all));
  if (mode === 'fragment') return redirectAnswer(`${redirectUri}#${new URLSearchParams(all).toString()}`);
  const fields = Object.entries(all).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return pageAnswer(
    200,
    htmlPage(
      'Back to the application',
      `<h1>Back to the application</h1><form method="post" action="${escapeHtml(redirectUri)}">${fields.join('')}<div class="row"><button class="main" type="submit">Continue</button></div></form>${SIMULATED}`,
    ),
  );
}

/** The same with a refusal. */
export const goBackRefused = (back: WayBack, refusal: EntraError, now: number): Answer =>
  goBack(back, { error: refusal.error, error_description: refusal.description(now) });
