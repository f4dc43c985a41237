import { DEFAULT_SLOWNESS, emptyAnswer, type Answer, type Faults } from '@daybook/simulator-kit';
import { setTimeout as wait } from 'node:timers/promises';

/** What IIS itself answers while its application pool is down. */
const UNAVAILABLE: Answer = {
  status: 503,
  headers: { 'content-type': 'text/html; charset=us-ascii', connection: 'close' },
  body: '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD>\r\n<BODY><h2>Service Unavailable</h2>\r\n<hr><p>HTTP Error 503. The service is unavailable.</p>\r\n</BODY></HTML>\r\n',
};

/**
 * What befalls a request of somebody who signed in before anybody looks at it: it waits, its connection is cut, the server is not
 * there, or Exchange Web Services are switched off for the mailbox (403 without SOAP). Null when it may go on.
 */
export async function frontEndFault(
  faults: Faults,
  email: string,
  { isEws }: { readonly isEws: boolean },
): Promise<Answer | null> {
  const slow = faults.strike('slow', email);
  if (slow !== null) await wait(slow.ms ?? DEFAULT_SLOWNESS);
  if (faults.strike('cut', email) !== null) return { ...emptyAnswer(200), cut: true };
  if (faults.strike('unavailable', email) !== null) return UNAVAILABLE;
  return isEws && faults.strike('ews_disabled', email) !== null ? emptyAnswer(403) : null;
}
