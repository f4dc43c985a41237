/** A tenant. Everything else belongs to exactly one. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

export type PersonRole = 'administrator' | 'member';

/** Somebody who signs in. `email` is lower case and unique in the deployment, because sign-in asks for nothing else. */
export interface Person {
  readonly id: string;
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  readonly role: PersonRole;
  /** scrypt, as `hashPassword` writes it. */
  readonly passwordHash: string;
  readonly language: string;
  readonly timeZone: string;
  readonly phoneLicence: boolean;
  readonly createdAt: Date;
}

/** The form addresses are kept and compared in. */
export function normalAddress(email: string): string {
  return email.trim().toLowerCase();
}

/** A one-time link that makes the first administrator of a deployment, or of one account when `accountId` is set. */
export interface Invitation {
  readonly tokenHash: string;
  readonly accountId: string | null;
  readonly email: string | null;
  readonly expiresAt: Date;
}
