/**
 * The forms in which one id is told. The entry id is that of MAPI: flags, the id of a message store, and what the store knows the object
 * by, which here are the bytes of the EWS id; so each form can be made from each other one.
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/alternateid
 */
export type IdFormat = 'EwsLegacyId' | 'EwsId' | 'EntryId' | 'HexEntryId' | 'StoreId' | 'OwaId';

const ENTRY_START = Buffer.from('000000003b1f9d2a7c4e4f0f9a7d5c1e2b8a6d40', 'hex');
const LONGEST = 2048;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const HEX = /^[0-9A-Fa-f]+$/;

/** The form of a name; null for other names. */
export function idFormat(name: string): IdFormat | null {
  return FORMATS.find((format) => format === name) ?? null;
}

const FORMATS: readonly IdFormat[] = ['EwsLegacyId', 'EwsId', 'EntryId', 'HexEntryId', 'StoreId', 'OwaId'];

/** The EWS id that a text of some form stands for; null for a text that is not of this form. */
export function ewsIdOf(text: string, format: IdFormat): string | null {
  if (text.length > LONGEST) return null;
  switch (format) {
    case 'EwsId':
    case 'EwsLegacyId':
      return BASE64.test(text) && text.length % 4 === 0 ? text : null;
    case 'HexEntryId':
      return HEX.test(text) && text.length % 2 === 0 ? withoutStart(Buffer.from(text, 'hex')) : null;
    case 'OwaId':
      return decoded(text);
    default:
      return BASE64.test(text) ? withoutStart(Buffer.from(text, 'base64')) : null;
  }
}

/** An EWS id in some form. */
export function inFormat(ewsId: string, format: IdFormat): string {
  const entry = Buffer.concat([ENTRY_START, Buffer.from(ewsId, 'base64')]);
  switch (format) {
    case 'EwsId':
    case 'EwsLegacyId':
      return ewsId;
    case 'HexEntryId':
      return entry.toString('hex').toUpperCase();
    case 'OwaId':
      return encodeURIComponent(entry.toString('base64'));
    default:
      return entry.toString('base64');
  }
}

function withoutStart(entry: Buffer): string | null {
  const start = entry.subarray(0, ENTRY_START.length);
  return start.equals(ENTRY_START) ? entry.subarray(ENTRY_START.length).toString('base64') : null;
}

function decoded(text: string): string | null {
  const plain = text.replaceAll(/%2f/gi, '/').replaceAll(/%2b/gi, '+').replaceAll(/%3d/gi, '=');
  return BASE64.test(plain) ? withoutStart(Buffer.from(plain, 'base64')) : null;
}
