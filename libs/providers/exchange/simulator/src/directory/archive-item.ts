import type { Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';

/** `ArchiveItem`: mailboxes here have no archive. */
export const archiveItem: Operation = () => {
  throw new EwsRefusal('ErrorArchiveMailboxNotEnabled', 'The archive mailbox is not enabled for this user.');
};
