import type { Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf } from '../wire/element';

/** `ArchiveItem`: mailboxes here have no archive, which is said of each item. Source: [MS-OXWSARCH] 3.1.4.1. */
export const archiveItem: Operation = (request) =>
  messageForEach('ArchiveItem', childOf(request, 'ItemIds')?.children ?? [], () => {
    throw new EwsRefusal('ErrorArchiveMailboxNotEnabled', 'The archive mailbox is not enabled for this user.');
  });
