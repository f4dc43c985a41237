import { EwsRefusal } from '../soap/refusal';

/** Refusals that many operations share, in the words of Exchange. */
export const folderNotFound = (): EwsRefusal =>
  new EwsRefusal('ErrorFolderNotFound', 'The specified folder could not be found in the store.');

export const itemNotFound = (): EwsRefusal =>
  new EwsRefusal('ErrorItemNotFound', 'The specified object was not found in the store.');

export const accessDenied = (): EwsRefusal =>
  new EwsRefusal('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');

export const malformedId = (): EwsRefusal => new EwsRefusal('ErrorInvalidIdMalformed', 'Id is malformed.');

export const noMailbox = (): EwsRefusal =>
  new EwsRefusal('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.');
