import { isMailAddress } from './form-account';

const PATH = '/EWS/Exchange.asmx';

/**
 * Where what was typed leads: a full address as it is, or the usual one at a host. Null for an address of a mailbox, which the server
 * is yet to be found by; `unreadable` for what is no address at all, or has a name or a password in it, which belong elsewhere.
 */
export function typedServer(text: string): URL | null | 'unreadable' {
  if (isMailAddress(text)) return null;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return 'unreadable';
  const url = new URL(full);
  if (url.username !== '' || url.password !== '') return 'unreadable';
  url.hash = '';
  if (url.pathname === '/' || url.pathname === '') url.pathname = PATH;
  return url;
}

/** Whether the person left it to us how the host is spoken to. */
export const isOnlyHost = (text: string): boolean => !text.includes('://');
