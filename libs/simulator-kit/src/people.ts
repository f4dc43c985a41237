/** People of the demo mailboxes; the password is `daybook`. */
export const DEMO_PEOPLE = [
  { email: 'admin@example.com', name: 'Alex Admin' },
  { email: 'ada@example.com', name: 'Ada Byron' },
  { email: 'ben@example.com', name: 'Ben Bell' },
  { email: 'cleo@example.com', name: 'Cleo Clark' },
] as const;

export const DEMO_PASSWORD = 'daybook';

const ADDRESS = /^[^\s@<>"|]{1,64}@[^\s@<>"|]{1,255}$/;

/** Whether a mailbox may have this address. */
export const isAddress = (text: string): boolean => ADDRESS.test(text);

/** `ada.byron@example.com` → `Ada Byron`. */
export function displayNameOf(email: string): string {
  const words = (email.split('@')[0] ?? email).split(/[._-]+/).filter(Boolean);
  const known = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return known.length === 1 ? `${known[0] ?? ''} Example` : known.join(' ');
}
