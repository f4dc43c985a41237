import { fail, parseBody, savePolicyBodySchema, type Caller, type Policy, type RawBody } from '@daybook/contracts';
import { differences, ineffectiveFields } from '../model/policy-fields';
import { policyVersion, toPolicy, type PolicyRecord } from '../model/policy-record';
import { LivePush } from '../ports/live-push';
import { PolicyStore } from '../ports/policy-store';
import { requireAdministrator } from './read-policy';

/** Replaces an account's policy. The doors in order: role 403, body 422, version 412. */
export class SavePolicy {
  constructor(
    private readonly policies: PolicyStore,
    private readonly push: LivePush,
  ) {}

  async run(caller: Caller, body: RawBody, ifMatch: string | undefined): Promise<Policy> {
    requireAdministrator(caller);
    const { version, ...policy } = parseBody(savePolicyBodySchema, body);
    const ineffective = ineffectiveFields(policy);
    if (ineffective.length > 0) {
      const fields = ineffective.map((field) => ({
        field,
        code: 'not_offered' as const,
        detail: 'Only the open value is accepted in this release.',
      }));
      throw fail('capability_not_available', `This release does not enforce ${ineffective.join(', ')}.`, { fields });
    }
    const current = await this.policies.find(caller.accountId);
    requireVersion(ifMatch ?? version, current);
    const changed = differences(current.body, policy);
    if (changed.length === 0) return toPolicy(current);
    const next = { accountId: caller.accountId, body: policy, revision: current.revision + 1 };
    if (!(await this.policies.replace(next, { actorId: caller.userId, changed }))) {
      throw versionConflict(await this.policies.find(caller.accountId));
    }
    const saved = toPolicy(next);
    this.push.policyChanged(caller.accountId, saved.version);
    return saved;
  }
}

/** Absent and `*` match all; values may be quoted, weak and several. */
function requireVersion(ifMatch: string | undefined, current: PolicyRecord): void {
  if (ifMatch === undefined || ifMatch.trim() === '') return;
  const given = ifMatch.split(',').map((item) =>
    item
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1'),
  );
  if (!given.includes('*') && !given.includes(policyVersion(current.revision))) throw versionConflict(current);
}

function versionConflict({ revision }: PolicyRecord) {
  return fail('version_conflict', undefined, { currentVersion: policyVersion(revision) });
}
