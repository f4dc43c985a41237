const WRITES = /^(?:Add|Archive|Copy|Create|Delete|Empty|Mark|Move|Remove|Send|Set|Update|Upload)/;

/** Whether an operation changes a mailbox. */
export const isWrite = (operation: string): boolean => WRITES.test(operation);
