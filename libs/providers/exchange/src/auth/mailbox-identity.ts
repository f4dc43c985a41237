import { createHash } from 'node:crypto';
import type { RemoteIdentity } from '@daybook/provider-port';
import { errorFromRefusal } from '../exchange.errors';
import { answerIn, type OneOperation, requestTo } from '../transport/one-call';
import { isPasswordRefused } from '../transport/refusal-of-access';
import type { EwsRefusal, ResponseMessage } from '../transport/response-messages';
import { folderIdIn, rootOf } from './folder-requests';
import { isMailAddress, loginName } from './form-account';
import { type KnownPerson, peopleIn, resolveNames } from './resolve-names';
import type { SignInAttempt } from './sign-in-attempt';
import type { OpenMailbox } from './sign-in-at-server';

const DEADLINE_MS = 6_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Whose mailbox this is. An address that was typed may be somebody else's, and so may an entry of the directory that looks like it:
 * it is theirs where the address leads to the very folder that signing in led to. Where the directory tells nothing, as typed.
 * @throws SignInFailure where the password is refused all at once
 */
export async function identityOf(attempt: SignInAttempt, mailbox: OpenMailbox): Promise<RemoteIdentity> {
  const { account } = attempt;
  const subject = createHash('sha256').update(mailbox.rootId).digest('base64url');
  const typed = account.email === null ? [] : [account.email];
  let isOfSomebodyElse = false;
  for (const name of new Set([...typed, account.user])) {
    for (const person of await peopleCalled(name, attempt, mailbox)) {
      const owner = await ownerOf(person.address, attempt, mailbox);
      if (owner === 'own') return { subject, ...person };
      if (name === account.email && owner === 'other') isOfSomebodyElse = true;
    }
  }
  const address = isOfSomebodyElse || account.email === null ? loginName(account) : account.email;
  return { subject, address, aliases: [], name: '' };
}

async function peopleCalled(
  name: string,
  attempt: SignInAttempt,
  mailbox: OpenMailbox,
): Promise<readonly KnownPerson[]> {
  const message = await asked(resolveNames(name), attempt, mailbox);
  return message?.ok === true ? peopleIn(message.content) : [];
}

async function ownerOf(
  email: string,
  attempt: SignInAttempt,
  mailbox: OpenMailbox,
): Promise<'own' | 'other' | 'unknown'> {
  if (!isMailAddress(email)) return 'unknown';
  const message = await asked(rootOf(email), attempt, mailbox);
  if (message === null || (!message.ok && isMomentary(message.refusal))) return 'unknown';
  return message.ok && folderIdIn(message.content) === mailbox.rootId ? 'own' : 'other';
}

/** Whether it says nothing of whose mailbox this is. */
function isMomentary(refusal: EwsRefusal): boolean {
  const { kind } = errorFromRefusal(refusal, { wrote: false, aboutOneCalendar: false });
  return kind === 'Throttled' || kind === 'Unavailable';
}

/** Null for whatever else goes wrong: signing in went well, and who it was is told as well as it can be. */
async function asked(
  operation: OneOperation,
  { http, steps, time }: SignInAttempt,
  { access }: OpenMailbox,
): Promise<ResponseMessage | null> {
  if (time.isOver) return null;
  const limits = { deadlineMs: time.upTo(DEADLINE_MS), maxBytes: MAX_BYTES, redirect: 'manual' } as const;
  const response = await http.request({ ...requestTo(access, operation), ...limits }).catch(() => null);
  if (response === null) return null;
  if (isPasswordRefused(response)) return steps.fail('sign_in', new URL(access.url), 'password_refused');
  const answer = await answerIn(response, operation);
  return answer?.type === 'messages' ? (answer.messages[0] ?? null) : null;
}
