import { accessSuite } from './testing/access.suite';
import { approvalSuite } from './testing/approval.suite';
import { AuthHarness, fakeStores } from './testing/auth-harness';
import { connectionSuite } from './testing/connections.suite';
import { deletionSuite } from './testing/deletion.suite';
import { idempotencySuite } from './testing/idempotency.suite';
import { sessionSuite } from './testing/sessions.suite';

describe('the use cases on stores in memory', () => {
  const make = async () => new AuthHarness(fakeStores());
  sessionSuite(make);
  connectionSuite(make);
  accessSuite(make);
  approvalSuite(make);
  deletionSuite(make);
  idempotencySuite(make);
});
