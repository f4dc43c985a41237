import { z } from 'zod';

/** Names of the live stream's events; each carries a cursor, never content. */
export const pushEventNameSchema = z.enum([
  'meetings.changed',
  'contacts.changed',
  'connection.changed',
  'policy.changed',
]);
export type PushEventName = z.infer<typeof pushEventNameSchema>;

/** Core NATS, not kept: `push.user.<userId>`, or `push.account.<accountId>` for what concerns everyone in it. */
export const pushMessageSchema = z.object({ event: pushEventNameSchema, cursor: z.string() });
export type PushMessage = z.infer<typeof pushMessageSchema>;
export const pushSubjects = {
  user: (userId: string) => `push.user.${userId}`,
  account: (accountId: string) => `push.account.${accountId}`,
  /** Body `{sessionIds: string[], keyIds: string[]}`: gateways close their streams and refuse their tokens from now on. */
  sessionsRevoked: 'push.sessions.revoked',
  /** Body: one item of a diagnosis as it comes, for the one gateway that asked for it under this name. */
  diagnosis: (name: string) => `push.diagnosis.${name}`,
  /** The same of a sign-in with a form. */
  signIn: (name: string) => `push.sign-in.${name}`,
} as const;
export const sessionsRevokedSchema = z.object({ sessionIds: z.array(z.string()), keyIds: z.array(z.string()) });
