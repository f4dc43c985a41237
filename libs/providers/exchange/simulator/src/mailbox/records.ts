import type { XmlElement } from '../wire/element';

/** Elements that folders and items may be; their names in the schema. */
export type FolderKind = 'Folder' | 'CalendarFolder' | 'ContactsFolder' | 'SearchFolder' | 'TasksFolder';

export interface MailboxRecord {
  /** In lower case. */
  readonly email: string;
  readonly displayName: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** Delegates who see what is private, by address in lower case. */
  readonly privateFor?: readonly string[];
}

export interface FolderRecord {
  readonly key: string;
  /** Address of its mailbox. */
  readonly mailbox: string;
  /** Null for the root. */
  readonly parent: string | null;
  readonly kind: FolderKind;
  /** A name of `DistinguishedFolderIdNameType`; null for folders that people make. */
  readonly distinguished: string | null;
  readonly folderClass: string;
  readonly displayName: string;
  /** What clients set beside: extended properties, permissions. */
  readonly fields: readonly XmlElement[];
  readonly version: number;
  readonly bornVersion: number;
}

/**
 * What the calendar keeps of a series beside the fields of its master. An occurrence is known by the civil date of its
 * original start in the zone of the series (`2026-11-23`).
 */
export interface SeriesRecord {
  readonly exceptions: readonly {
    readonly day: string;
    /** How it differs from what its series gives it; `removed` are names of fields that it has not. */
    readonly overlay: { readonly changed: readonly XmlElement[]; readonly removed: readonly string[] };
  }[];
  readonly deleted: readonly string[];
}

export interface ItemRecord {
  readonly key: string;
  readonly mailbox: string;
  /** Key of its folder. */
  readonly folder: string;
  /** Its element: `CalendarItem`, `Message` and so on. */
  readonly kind: string;
  /** What clients set, as they sent it. */
  readonly fields: readonly XmlElement[];
  readonly series: SeriesRecord | null;
  /** True for what only programs see (`Associated`). */
  readonly associated: boolean;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly modified: number;
  readonly modifiedBy: string;
  /** Rises with each change, over all mailboxes. */
  readonly version: number;
  /** The version of the last change that was more than the read flag. */
  readonly contentVersion: number;
  /** The version under which it came into its folder. */
  readonly bornVersion: number;
}

export interface AttachmentRecord {
  readonly key: string;
  readonly item: string;
  readonly kind: 'FileAttachment' | 'ItemAttachment';
  readonly fields: readonly XmlElement[];
  readonly modified: number;
}

/** Something that is gone from a list that clients synchronise. */
export interface GoneRecord {
  /** Key of the folder for items, address of the mailbox for folders. */
  readonly list: string;
  readonly key: string;
  readonly version: number;
  readonly bornVersion: number;
}
