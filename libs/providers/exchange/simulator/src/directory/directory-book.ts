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

const NOBODY: DelegatesRecord = { delegates: [], deliverMeetingRequests: 'DelegatesAndSendInformationToMe' };

/** What mailboxes have set beside folders and items; it survives a restart. Addresses are in lower case. */
export class DirectoryBook implements JournalPart {
  private readonly oof: Table<readonly XmlElement[]>;
  private readonly delegates: Table<DelegatesRecord>;

  constructor(journal: () => Journal) {
    this.oof = new Table('ews-oof', journal);
    this.delegates = new Table('ews-delegates', journal);
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

  restore(line: JournalLine): boolean {
    if (line[0] === this.oof.name) this.oof.restore(line);
    else if (line[0] === this.delegates.name) this.delegates.restore(line);
    else return false;
    return true;
  }

  get size(): number {
    return this.oof.size + this.delegates.size;
  }

  *lines(): Iterable<JournalLine> {
    yield* this.oof.lines();
    yield* this.delegates.lines();
  }

  clear(): void {
    this.oof.clear();
    this.delegates.clear();
  }
}
