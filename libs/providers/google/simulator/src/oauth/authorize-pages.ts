import { escapeHtml, htmlPage } from '@daybook/simulator-kit';
import { scopeLabel } from './scopes';

const SIMULATED = '<footer>This is a simulator of Google’s sign-in. Nothing leaves this machine.</footer>';

export interface AccountChoice {
  requestId: string;
  clientName: string;
  accounts: readonly { email: string; name: string }[];
  loginHint: string;
  problem: string | null;
}

/** Page one: who is it? One button for each account, and fields for one that is not shown. */
export function accountPage({ requestId, clientName, accounts, loginHint, problem }: AccountChoice): string {
  const hidden = `<input type="hidden" name="request" value="${escapeHtml(requestId)}">`;
  const buttons = accounts.map(
    ({ email, name }) =>
      `<li><button class="account" type="submit" name="account" value="${escapeHtml(email)}">${escapeHtml(name)} <span>${escapeHtml(email)}</span></button></li>`,
  );
  const list =
    buttons.length === 0
      ? ''
      : `<form method="post" action="/o/oauth2/v2/auth/account">${hidden}<ul>${buttons.join('')}</ul></form>`;
  const wrong = problem === null ? '' : `<p class="wrong" role="alert">${escapeHtml(problem)}</p>`;
  const open = buttons.length === 0 || problem !== null || loginHint !== '' ? ' open' : '';
  const fields = `<form method="post" action="/o/oauth2/v2/auth/account">${hidden}<label class="field">Email<input name="email" type="email" autocomplete="username" required value="${escapeHtml(loginHint)}"></label><label class="field">Password<input name="password" type="password" autocomplete="current-password" required></label><div class="row"><button class="main" type="submit">Next</button></div></form>`;
  return htmlPage(
    'Choose an account',
    `<h1>Choose an account</h1><p>to continue to ${escapeHtml(clientName)}</p>${list}${wrong}<details${open}><summary>Use another account</summary>${fields}</details>${SIMULATED}`,
  );
}

export interface ConsentQuestion {
  requestId: string;
  clientName: string;
  email: string;
  /** Data scopes, each with a tick box of its own. */
  scopes: readonly string[];
}

/** Page two: what may the client do? A tick box for each permission, all ticked at first. */
export function consentPage({ requestId, clientName, email, scopes }: ConsentQuestion): string {
  const ticks = scopes.map(
    (scope) =>
      `<li><label class="tick"><input type="checkbox" name="scope" value="${escapeHtml(scope)}" checked><span>${escapeHtml(scopeLabel(scope) ?? scope)}</span></label></li>`,
  );
  const question =
    ticks.length === 0
      ? '<p>It will see your name, your email address and your profile picture.</p>'
      : `<fieldset style="border:0;padding:0;margin:0"><legend>Select what ${escapeHtml(clientName)} can access</legend><ul>${ticks.join('')}</ul></fieldset>`;
  return htmlPage(
    `${clientName} wants access to your Google Account`,
    `<h1>${escapeHtml(clientName)} wants access to your Google Account</h1><p>${escapeHtml(email)}</p><form method="post" action="/o/oauth2/v2/auth/consent"><input type="hidden" name="request" value="${escapeHtml(requestId)}">${question}<div class="row"><button type="submit" name="decision" value="deny">Deny</button><button class="main" type="submit" name="decision" value="allow">Allow</button></div></form>${SIMULATED}`,
  );
}

/** A refusal Google shows to the person instead of sending it to the client. */
export function blockedPage(error: string, explanation: string): string {
  return htmlPage(
    'Access blocked',
    `<h1>Access blocked: this app’s request is invalid</h1><p>${escapeHtml(explanation)}</p><p><code>Error 400: ${escapeHtml(error)}</code></p>${SIMULATED}`,
  );
}
