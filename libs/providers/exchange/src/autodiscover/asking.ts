import type { ProviderHttpRequest, ProviderHttpResponse } from '@daybook/provider-port';
import type { SignInAttempt } from '../auth/sign-in-attempt';
import type { TimeLeft } from '../auth/time-left';
import { signedBy } from '../transport/one-call';

const DEADLINE_MS = 6_000;
const MAX_BYTES = 256 * 1024;

/** A mailbox that is asked for, with what asking takes. */
export interface Asking extends Pick<SignInAttempt, 'http' | 'account' | 'trust'> {
  readonly email: string;
  /** For finding the server as a whole. */
  readonly time: TimeLeft;
}

/** Null where nobody answers, or may be spoken to. No redirect is followed. */
export async function askOpenly(asking: Asking, url: URL, more: Partial<ProviderHttpRequest> = {}) {
  return answerTo(asking, { method: 'GET', url: url.href, ...(asking.trust ? { trust: asking.trust } : {}), ...more });
}

/** The same with the password, should the server ask for it. */
export async function askSigned(asking: Asking, url: URL, more: Pick<ProviderHttpRequest, 'headers' | 'body'>) {
  const { user, domain, password } = asking.account;
  const signature = signedBy({
    url: url.href,
    user,
    domain,
    password,
    ...(asking.trust ? { trust: asking.trust } : {}),
  });
  return answerTo(asking, { method: 'POST', url: url.href, ...signature, ...more });
}

async function answerTo({ http, time }: Asking, request: ProviderHttpRequest): Promise<ProviderHttpResponse | null> {
  if (time.isOver) return null;
  try {
    return await http.request({
      redirect: 'manual',
      deadlineMs: time.upTo(DEADLINE_MS),
      maxBytes: MAX_BYTES,
      ...request,
    });
  } catch {
    return null;
  }
}

export const isRedirect = ({ status }: ProviderHttpResponse): boolean => status >= 300 && status < 400;
