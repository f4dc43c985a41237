export { createKeyring, SealError, sealedRecordSchema } from './keyring';
export type { Keyring, SealedRecord, SealFault } from './keyring';
export { KeyError, masterKeyId, parseMasterKey } from './master-key';
export { deterministicId, newId } from './new-id';
export { hashPassword, passwordNeedsRehash, PasswordQueueFull, verifyPassword } from './password-hash';
export { constantTimeEqual, pkcePair, randomToken, sha256Hex } from './random-token';
export type { PkcePair } from './random-token';
export { Secret } from './secret';
