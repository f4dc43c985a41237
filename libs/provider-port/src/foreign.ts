/** Careful hands for what comes from outside: each takes `unknown` and gives an exact type, or nothing. */

export type ForeignRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is ForeignRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text, cut to `longest` UTF-16 units without leaving half a character; '' for anything that is no text. */
export function asText(value: unknown, longest: number): string {
  if (typeof value !== 'string') return '';
  return value.length <= longest ? value : cut(value, longest);
}

function cut(text: string, longest: number): string {
  const last = text.charCodeAt(longest - 1);
  const half = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, half ? longest - 1 : longest);
}

/** An http or https address of bearable length, or null. Cutting one would make it another address. */
export function asWebAddress(value: unknown, longest = 4096): string | null {
  if (typeof value !== 'string' || value.length > longest) return null;
  return /^https?:\/\/[^\s/]/i.test(value) ? value : null;
}
