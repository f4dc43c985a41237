import { createHash, randomBytes } from 'node:crypto';

/** What an id names. Keys are 24 signs of base64, and case tells them apart. */
export type IdKind = 'folder' | 'item' | 'attachment';

export interface IdName {
  readonly kind: IdKind;
  readonly key: string;
}

const PREFIX = 'AAMkADQ2ZGI3';
const TAILS: Readonly<Record<IdKind, string>> = {
  folder: 'AuAAAAAAAA==',
  item: 'BGAAAAAAAA==',
  attachment: 'BEgAQABGAA==',
};
const ID = /^AAMkADQ2ZGI3([A-Za-z0-9+/]{24})(AuAAAAAAAA==|BGAAAAAAAA==|BEgAQABGAA==)$/;

/** The id of a folder, item or attachment: base64, 48 signs. */
export const idOf = (kind: IdKind, key: string): string => `${PREFIX}${key}${TAILS[kind]}`;

/** Reads an id; null for one that was never given out. */
export function readId(id: string): IdName | null {
  const [, key, tail] = ID.exec(id) ?? [];
  if (key === undefined) return null;
  const kind = tail === TAILS.folder ? 'folder' : tail === TAILS.item ? 'item' : 'attachment';
  return { kind, key };
}

/** Whether a text could be an id at all: base64 of some length. */
export const looksLikeId = (id: string): boolean => /^[A-Za-z0-9+/]{8,512}={0,2}$/.test(id) && id.length % 4 === 0;

/** The same text gives the same key, so that what is loaded twice has the same ids. */
export const keyFor = (text: string): string => createHash('sha256').update(text).digest('base64').slice(0, 24);

/**
 * Makes keys in pairs that differ by the case of one letter only: real mailboxes hold such ids, and a client that folds case
 * takes one for the other.
 */
export class Keys {
  private twin: string | null = null;

  next(): string {
    const waiting = this.twin;
    this.twin = null;
    if (waiting !== null) return waiting;
    const key = randomBytes(18).toString('base64');
    const at = key.search(/[a-zA-Z]/);
    if (at >= 0) this.twin = key.slice(0, at) + otherCase(key.charAt(at)) + key.slice(at + 1);
    return key;
  }
}

const otherCase = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();

const CHANGE_KEY = /^[CF]QAAABYAAAA([A-Za-z0-9+/]{12})$/;

/** The change key of a version: another one after each change. */
export function changeKeyOf(kind: 'folder' | 'item', version: number): string {
  const bytes = Buffer.alloc(9);
  bytes.writeUIntBE(version, 3, 6);
  return `${kind === 'item' ? 'C' : 'F'}QAAABYAAAA${bytes.toString('base64')}`;
}

/** The version that a change key stands for; null for one that was never given out. */
export function versionOf(changeKey: string): number | null {
  const [, bytes] = CHANGE_KEY.exec(changeKey) ?? [];
  return bytes === undefined ? null : Buffer.from(bytes, 'base64').readUIntBE(3, 6);
}
