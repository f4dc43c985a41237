import { escapeHtml, htmlPage } from '@daybook/simulator-kit';
import { scopeLabel } from './scopes';

export const SIMULATED = '<footer>This is a simulator of Microsoft’s sign-in. Nothing leaves this machine.</footer>';

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;

export interface AccountChoice {
  /** Where the choice goes. */
  action: string;
  requestId: string;
  clientName: string;
  accounts: readonly { email: string; name: string }[];
  loginHint: string;
  problem: string | null;
  /** Whether one can go back without signing in. */
  canCancel?: boolean;
}

/** Page one: who is it? One button for each account, and fields for one that is not shown. */
export function accountPage(choice: AccountChoice): string {
  const { action, requestId, clientName, accounts, loginHint, problem, canCancel = false } = choice;
  const request = hidden('request', requestId);
  const buttons = accounts.map(
    ({ email, name }) =>
      `<li><button class="account" type="submit" name="account" value="${escapeHtml(email)}">${escapeHtml(name)} <span>${escapeHtml(email)}</span></button></li>`,
  );
  const form = `<form method="post" action="${escapeHtml(action)}">${request}`;
  const list = buttons.length === 0 ? '' : `${form}<ul>${buttons.join('')}</ul></form>`;
  const wrong = problem === null ? '' : `<p class="wrong" role="alert">${escapeHtml(problem)}</p>`;
  const open = buttons.length === 0 || problem !== null || loginHint !== '' ? ' open' : '';
  const fields = `${form}<label class="field">Email<input name="email" type="email" autocomplete="username" required value="${escapeHtml(loginHint)}"></label><label class="field">Password<input name="password" type="password" autocomplete="current-password" required></label><div class="row"><button class="main" type="submit">Sign in</button></div></form>`;
  const leave = `${form}<div class="row"><button type="submit" name="cancel" value="true">Cancel</button></div></form>`;
  return htmlPage(
    'Pick an account',
    `<h1>Pick an account</h1><p>to continue to ${escapeHtml(clientName)}</p>${list}${wrong}<details${open}><summary>Use another account</summary>${fields}</details>${canCancel ? leave : ''}${SIMULATED}`,
  );
}

export interface ConsentQuestion {
  action: string;
  requestId: string;
  clientName: string;
  email: string;
  /** Short names of permissions with a tick box of their own. */
  scopes: readonly string[];
}

/** Page two: what may the client do? A tick box for each permission, all ticked at first. */
export function consentPage({ action, requestId, clientName, email, scopes }: ConsentQuestion): string {
  const ticks = scopes.map(
    (scope) =>
      `<li><label class="tick"><input type="checkbox" name="scope" value="${escapeHtml(scope)}" checked><span>${escapeHtml(scopeLabel(scope))}</span></label></li>`,
  );
  const question =
    ticks.length === 0
      ? '<p>It will see your name and your email address.</p>'
      : `<fieldset style="border:0;padding:0;margin:0"><legend>${escapeHtml(clientName)} would like to</legend><ul>${ticks.join('')}</ul></fieldset>`;
  return htmlPage(
    'Permissions requested',
    `<h1>Permissions requested</h1><p>${escapeHtml(email)}</p><form method="post" action="${escapeHtml(action)}">${hidden('request', requestId)}${question}<div class="row"><button type="submit" name="decision" value="deny">Deny</button><button class="main" type="submit" name="decision" value="allow">Allow</button></div></form>${SIMULATED}`,
  );
}

export interface ApprovalNotice {
  action: string;
  requestId: string;
  clientName: string;
  email: string;
  /** Where an administrator can approve. */
  adminUrl: string;
}

/** An organisation whose people may not consent by themselves. */
export function approvalPage({ action, requestId, clientName, email, adminUrl }: ApprovalNotice): string {
  const name = escapeHtml(clientName);
  return htmlPage(
    'Need admin approval',
    `<h1>Need admin approval</h1><p>${escapeHtml(email)}</p><p>${name} needs permission to access resources in your organisation that only an administrator can grant. Please ask an administrator to grant permission to this app before you can use it.</p><p><a href="${escapeHtml(adminUrl)}">Have an administrator’s account? Approve with that account</a></p><form method="post" action="${escapeHtml(action)}">${hidden('request', requestId)}<div class="row"><button class="main" type="submit" name="decision" value="return">Return to the application without granting consent</button></div></form>${SIMULATED}`,
  );
}

export interface AdminQuestion extends ConsentQuestion {
  tenantName: string;
}

/** What an administrator approves for everybody. */
export function adminConsentPage(question: AdminQuestion): string {
  const { action, requestId, clientName, email, scopes, tenantName } = question;
  const list = scopes.map((scope) => `<li>${escapeHtml(scopeLabel(scope))}</li>`).join('');
  return htmlPage(
    'Permissions requested for your organisation',
    `<h1>Permissions requested</h1><p>${escapeHtml(email)}</p><p>If you accept, ${escapeHtml(clientName)} gets these permissions for everybody at ${escapeHtml(tenantName)}:</p><ul>${list}</ul><form method="post" action="${escapeHtml(action)}">${hidden('request', requestId)}<div class="row"><button type="submit" name="decision" value="deny">Cancel</button><button class="main" type="submit" name="decision" value="allow">Accept</button></div></form>${SIMULATED}`,
  );
}

/** A page that only says something. */
export const wordsPage = (title: string, words: string): string =>
  htmlPage(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(words)}</p>${SIMULATED}`);
