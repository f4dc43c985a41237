/** Somebody to invite, as an address, with what else is known. */
export interface Invitee {
  readonly email: string;
  readonly name?: string;
  readonly optional?: boolean;
}

/** Generous: the server and the provider have the last word; this only catches what cannot be one. */
export function isAddress(email: string): boolean {
  return /^[^\s@<>,;:"()[\]\\]+@[^\s@.,;<>]+(\.[^\s@.,;<>]+)+$/.test(email) && email.length <= 320;
}

/** Addresses out of what was typed or pasted: lists, lines, and `Ada Lovelace <ada@example.com>`. */
export function readInvitees(text: string): Invitee[] {
  // A comma inside quotes belongs to a name: "Lovelace, Ada" <ada@example.com>.
  const plain = text.replace(/"([^"]*)"/g, (_whole, name: string) => name.replaceAll(/[,;]/g, ' '));
  return plain.split(/[,;\n\r\t]+/).flatMap(readPart);
}

function readPart(part: string): Invitee[] {
  const named = /^(.*?)<([^<>]*)>\s*$/.exec(part.trim());
  if (named) {
    const name = (named[1] ?? '').trim().replaceAll(/\s+/g, ' ');
    return [{ email: (named[2] ?? '').trim(), ...(name ? { name } : {}) }];
  }
  const words = part.trim().split(/\s+/).filter(Boolean);
  // A list with nothing but spaces between; words without an address stay together, as one mistake to see.
  if (words.some((word) => word.includes('@'))) return words.map((email) => ({ email }));
  return words.length === 0 ? [] : [{ email: words.join(' ') }];
}

/** Everybody once, whatever the case of the letters. */
export function withInvitees(present: readonly Invitee[], added: readonly Invitee[]): Invitee[] {
  const all = new Map(present.map((invitee) => [invitee.email.toLowerCase(), invitee]));
  for (const invitee of added) {
    const key = invitee.email.toLowerCase();
    if (!all.has(key)) all.set(key, invitee);
  }
  return [...all.values()];
}
