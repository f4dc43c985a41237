/** The notes of receipts, which are sentences in English, by the words the portal has for them. */
const known: Readonly<Record<string, string>> = {
  'The event stream for other services keeps what it already holds for 7 days.': 'stream',
  'What was delivered to systems outside cannot be called back.': 'outside',
  'Meetings scheduled in the client stay, without a calendar.': 'scheduled',
  'The same account is connected again or by somebody else here, so its consent at the provider stays.': 'kept',
  'The provider could not be reached to take the consent back. You can remove it in your account there.': 'unreachable',
  'The provider did not know the consent any more.': 'unknown',
  'Change notifications could not be stopped at the provider; they are ignored and end by themselves.': 'expire',
};

export const knownNotes = Object.keys(known);

/** The key of a note's words, or null for a note that is shown as it was written. */
export function wordsOfNote(note: string): string | null {
  const key = known[note];
  return key === undefined ? null : `receipt.note.${key}`;
}
