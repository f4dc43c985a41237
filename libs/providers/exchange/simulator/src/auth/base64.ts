/** No credentials that anybody sends are longer; a header as a whole is cut at 16 KiB by Node. */
const LONGEST = 12_000;

/** The bytes of standard base64; null when it is empty, too long or anything else. */
export function decodeBase64(text: string): Buffer | null {
  if (text.length === 0 || text.length > LONGEST || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  return Buffer.from(text, 'base64');
}
