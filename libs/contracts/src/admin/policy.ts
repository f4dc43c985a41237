import { z } from 'zod';
import { callerSchema, rawBodySchema } from '../common/caller';
import { operation } from '../common/operation';
import { healthInput, healthSchema, permissionSchema, serviceNameSchema } from '../common/shapes';

const lockable = z.strictObject({ value: permissionSchema, locked: z.boolean() });

/** What an administrator decides for an account. A value that is not locked is only the preselection. */
export const policyBodySchema = z.strictObject({
  enabled: z.boolean(),
  service: z.strictObject({
    default: serviceNameSchema.nullable(),
    enforced: serviceNameSchema.nullable(),
    allowed: z.array(serviceNameSchema).max(10),
  }),
  permissions: z.strictObject({ calendar: lockable, contacts: lockable }),
  twoWaySync: z.boolean(),
  reschedule: z.enum(['separate', 'update']),
  minimumDesktopVersion: z.string().regex(/^\d{1,4}(\.\d{1,5}){0,3}$/, 'Digits and dots, such as 5.2.1.'),
  exchange: z.strictObject({
    allowedHosts: z.array(z.string().max(255)).max(200),
    allowUntrustedCertificates: z.boolean(),
  }),
});
export type PolicyBody = z.infer<typeof policyBodySchema>;
export const policySchema = policyBodySchema.extend({ version: z.string() });
export type Policy = z.infer<typeof policySchema>;

/** All on, nothing locked: what an account has until somebody decides otherwise. */
export function openPolicy(): PolicyBody {
  return {
    enabled: true,
    service: { default: null, enforced: null, allowed: ['google', 'office365', 'exchange'] },
    permissions: { calendar: { value: 'readWrite', locked: false }, contacts: { value: 'readWrite', locked: false } },
    twoWaySync: true,
    reschedule: 'separate',
    minimumDesktopVersion: '5.2.1',
    exchange: { allowedHosts: [], allowUntrustedCertificates: false },
  };
}

/** `PUT /v1/admin/policy` takes the whole record; a `version` in it is read as `If-Match` when the header is absent. */
export const savePolicyBodySchema = policyBodySchema.extend({ version: z.string().optional() });

/** For services: the policy in force for an account. */
export const adminPolicyGet = operation('admin.policy.get', z.object({ accountId: z.string() }), policySchema);
export const adminPolicyRead = operation('admin.policy.read', z.object({ caller: callerSchema }), policySchema);
export const adminPolicySave = operation(
  'admin.policy.save',
  z.object({ caller: callerSchema, ifMatch: z.string().optional(), body: rawBodySchema }),
  policySchema,
);
export const adminHealthCheck = operation('admin.health.check', healthInput, healthSchema);
