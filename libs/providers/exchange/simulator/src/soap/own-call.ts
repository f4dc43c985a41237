import type { Call } from './operation';

/** The call of a mailbox's own person that came with no request: from the control side, or to show a page. */
export const ownCall = (mailbox: string, now: number): Call => ({
  mailbox,
  caller: mailbox,
  now,
  version: 'Exchange2016',
  timeZone: null,
  culture: null,
  origin: '',
});
