import { auditSuite, policySuite } from './testing/admin.suite';
import { FakeAuditStore, FakePolicyStore } from './testing/fake-stores';

describe('the use cases on stores in memory', () => {
  policySuite(async () => new FakePolicyStore());
  auditSuite(async () => new FakeAuditStore());
});
