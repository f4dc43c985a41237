import { Table, type Journal, type JournalLine, type JournalPart } from '@daybook/simulator-kit';
import type { XmlElement } from '../wire/element';

/** Somebody who acts for the owner of a mailbox, beside the permissions of its folders. */
export interface DelegateRecord {
  /** In lower case. */
  readonly email: string;
  readonly getsMeetingCopies: boolean;
  readonly seesPrivate: boolean;
}

export interface DelegatesRecord {
  readonly delegates: readonly DelegateRecord[];
  /** A value of `DeliverMeetingRequestsType`. */
  readonly deliverMeetingRequests: string;
}

/** Settings that a program keeps in a folder: children of `UserConfiguration` beside its name. */
export type UserConfiguration = readonly XmlElement[];

const NOBODY: DelegatesRecord = { delegates: [], deliverMeetingRequests: 'DelegatesAndSendInformationToMe' };

/** What mailboxes have set beside folders and items; it survives a restart. Addresses are in lower case. */
export class DirectoryBook implements JournalPart {
  private readonly oof: Table<readonly XmlElement[]>;
  private readonly delegates: Table<DelegatesRecord>;
  private readonly configurations: Table<UserConfiguration | null>;

  constructor(journal: () => Journal) {
    this.oof = new Table('ews-oof', journal);
    this.delegates = new Table('ews-delegates', journal);
    this.configurations = new Table('ews-configuration', journal);
  }

  /** Children of `OofSettings` as they were set; null of somebody who never set any. */
  oofOf(email: string): readonly XmlElement[] | null {
    return this.oof.get(email) ?? null;
  }

  setOof(email: string, settings: readonly XmlElement[]): void {
    this.oof.set(email, settings);
  }

  delegatesOf(email: string): DelegatesRecord {
    return this.delegates.get(email) ?? NOBODY;
  }

  setDelegates(email: string, delegates: DelegatesRecord): void {
    this.delegates.set(email, delegates);
  }

  /** What a program keeps under a name in a folder; null where it has been deleted, undefined where nobody ever wrote any. */
  configurationOf(folderKey: string, name: string): UserConfiguration | null | undefined {
    return this.configurations.get(`${folderKey} ${name}`);
  }

  setConfiguration(folderKey: string, name: string, configuration: UserConfiguration | null): void {
    this.configurations.set(`${folderKey} ${name}`, configuration);
  }

  restore(line: JournalLine): boolean {
    const table = this.tables.find(({ name }) => name === line[0]);
    table?.restore(line);
    return table !== undefined;
  }

  get size(): number {
    return this.tables.reduce((sum, { size }) => sum + size, 0);
  }

  *lines(): Iterable<JournalLine> {
    for (const table of this.tables) yield* table.lines();
  }

  clear(): void {
    for (const table of this.tables) table.clear();
  }

  private get tables() {
    return [this.oof, this.delegates, this.configurations] as const;
  }
}
