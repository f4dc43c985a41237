const LONGEST = 255;
const MOST_WORDS = 10;
const PREFIX = /^(?:smtp|sip):/i;

/** What a person is known by. */
export interface Named {
  readonly displayName: string;
  readonly addresses: readonly string[];
}

export type NameTest = (named: Named) => boolean;

/**
 * Ambiguous name resolution: each word of what somebody typed begins a word of the name, or all of it begins an address. `=` before
 * it wants the whole name, `smtp:` the whole address. Only the first 255 signs and ten words count.
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-adts/1a9177f4-0272-4ab8-aa22-3c3eafd39e4b
 */
export function nameTest(entry: string): NameTest {
  const typed = entry.slice(0, LONGEST).trim().toLowerCase();
  const bare = typed.replace(PREFIX, '').trim();
  if (bare === '') return () => false;
  if (bare !== typed) return ({ addresses }) => addresses.some((address) => address.toLowerCase() === bare);
  if (bare.startsWith('=')) {
    const exact = bare.slice(1).trim();
    return ({ displayName, addresses }) =>
      displayName.toLowerCase() === exact || addresses.some((address) => address.toLowerCase() === exact);
  }
  const words = wordsOf(bare).slice(0, MOST_WORDS);
  return ({ displayName, addresses }) => {
    if (addresses.some((address) => address.toLowerCase().startsWith(bare))) return true;
    const known = wordsOf(displayName.toLowerCase());
    return words.length > 0 && words.every((word) => known.some((one) => one.startsWith(word)));
  };
}

const wordsOf = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== '');
