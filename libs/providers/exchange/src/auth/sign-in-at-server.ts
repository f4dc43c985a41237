/**
 * The one request that a password is tried with: the folders everybody has. It goes again only with an older schema, which a server
 * asks for after it has taken the password.
 */
import type { ProviderErrorKind, ProviderHttpResponse, SignInFailureCode } from '@daybook/provider-port';
import { errorFromRefusal } from '../exchange.errors';
import type { ExchangeAccess } from '../transport/access-text';
import { answerIn, requestTo } from '../transport/one-call';
import { isPasswordRefused, offersOurs } from '../transport/refusal-of-access';
import type { EwsRefusal, ResponseMessage } from '../transport/response-messages';
import { folderIdIn, OWN_FOLDERS } from './folder-requests';
import { codeOfTrouble, troubleOf } from './http-trouble';
import { isSchemaRefusal, schemasFor } from './schema-versions';
import type { SignInAttempt } from './sign-in-attempt';

const DEADLINE_MS = 15_000;
const MAX_BYTES = 1024 * 1024;

export interface OpenMailbox {
  readonly access: ExchangeAccess;
  /** Of its uppermost folder: never changes, and no other mailbox has it. */
  readonly rootId: string;
}

export interface Wanted {
  readonly url: URL;
  readonly version: string | undefined;
  readonly calendar: boolean;
}

/** @throws SignInFailure at `sign_in`, `version` or `mailbox` */
export async function signInAtServer(attempt: SignInAttempt, { url, version, calendar }: Wanted): Promise<OpenMailbox> {
  const { steps, account, trust } = attempt;
  const { user, domain, password } = account;
  const schemas = schemasFor(version);
  for (const schema of schemas) {
    const access = { url: url.href, user, domain, password, version: schema, ...(trust ? { trust } : {}) };
    const answer = await answered(attempt, access, url);
    const refusal = answer.type === 'fault' ? answer.refusal : null;
    if (schema === schemas[0]) steps.passed('sign_in', url);
    if (refusal !== null && isSchemaRefusal(refusal.code)) continue;
    steps.passed('version', url);
    if (answer.type === 'fault') return steps.fail('mailbox', url, codeOfRefusal(answer.refusal));
    const rootId = mailboxIn(attempt, { url, calendar }, answer.messages);
    steps.passed('mailbox', url);
    return { access, rootId };
  }
  return steps.fail('version', url, 'version_refused');
}

/** Exchange's own answer, which means that the password was taken. */
async function answered({ http, steps, time }: SignInAttempt, access: ExchangeAccess, url: URL) {
  if (time.isOver) return steps.fail('sign_in', url, 'took_too_long');
  const limits = { deadlineMs: time.upTo(DEADLINE_MS), maxBytes: MAX_BYTES, redirect: 'manual' } as const;
  const response = await http.request({ ...requestTo(access, OWN_FOLDERS), ...limits }).catch((failure: unknown) => {
    const trouble = troubleOf(failure);
    return steps.fail('sign_in', url, trouble.kind === 'timeout' ? 'took_too_long' : codeOfTrouble(trouble, url));
  });
  const answer = await answerIn(response, OWN_FOLDERS);
  return answer ?? steps.fail('sign_in', url, codeOfStatus(response));
}

/** Of an answer that is none of Exchange. */
function codeOfStatus(response: ProviderHttpResponse): SignInFailureCode {
  const { status } = response;
  if (status === 401 && isPasswordRefused(response)) return 'password_refused';
  if (status === 401) return offersOurs(response) ? 'provider_unavailable' : 'scheme_not_offered';
  if (status === 403) return 'switched_off';
  if (status === 429) return 'provider_throttled';
  return status >= 500 ? 'provider_unavailable' : 'no_services_there';
}

function mailboxIn(
  { steps }: SignInAttempt,
  { url, calendar }: Pick<Wanted, 'url' | 'calendar'>,
  [root, agenda]: readonly ResponseMessage[],
): string {
  if (root === undefined) return steps.fail('mailbox', url, 'provider_fault');
  if (!root.ok) return steps.fail('mailbox', url, codeOfRefusal(root.refusal));
  const id = folderIdIn(root.content);
  if (id === '') return steps.fail('mailbox', url, 'provider_fault');
  if (!calendar || agenda?.ok === true) return id;
  const code = agenda === undefined ? 'provider_fault' : codeOfRefusal(agenda.refusal);
  return steps.fail('mailbox', url, code === 'no_mailbox' ? 'no_calendar' : code);
}

const CODES: ReadonlyMap<ProviderErrorKind, SignInFailureCode> = new Map([
  ['ConsentRevoked', 'password_refused'],
  ['SwitchedOff', 'switched_off'],
  ['NoMailbox', 'no_mailbox'],
  ['PermissionMissing', 'permission_missing'],
  ['Throttled', 'provider_throttled'],
  ['Unavailable', 'provider_unavailable'],
]);

function codeOfRefusal(refusal: EwsRefusal): SignInFailureCode {
  const { kind } = errorFromRefusal(refusal, { wrote: false, aboutOneCalendar: false });
  return CODES.get(kind) ?? 'provider_fault';
}
