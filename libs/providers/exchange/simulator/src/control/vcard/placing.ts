import type { VcardProperty } from './vcard-property';

/** What the parts of a contact share while a card is placed into it. */
export interface Placing {
  /** What a property is described with: its types and the label of its group, in lower case. */
  wordsOf(property: VcardProperty): ReadonlySet<string>;
  complain(line: number, reason: string): void;
}

/** The first key that nothing has taken yet, taken now; null when none is free. */
export function freeKey(keys: readonly string[], taken: Set<string>): string | null {
  const key = keys.find((one) => !taken.has(one)) ?? null;
  if (key !== null) taken.add(key);
  return key;
}

/** What is preferred comes first; the others keep their order. */
export const preferredFirst = (properties: readonly VcardProperty[]): readonly VcardProperty[] => [
  ...properties.filter(({ types }) => types.has('pref')),
  ...properties.filter(({ types }) => !types.has('pref')),
];
