/** The set that an embedded database forms with itself. */
export const REPLICA_SET = 'daybook';
