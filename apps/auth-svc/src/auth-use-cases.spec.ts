import { accessSuite } from './testing/access.suite';
import { approvalSuite } from './testing/approval.suite';
import { AuthHarness, fakeStores } from './testing/auth-harness';
import { connectionSuite } from './testing/connections.suite';
import { deletionSuite } from './testing/deletion.suite';
import { formAgainSuite } from './testing/form-again.suite';
import { formCertificateSuite } from './testing/form-certificate.suite';
import { formMeanwhileSuite } from './testing/form-meanwhile.suite';
import { formPolicySuite } from './testing/form-policy.suite';
import { formSuite } from './testing/forms.suite';
import { idempotencySuite } from './testing/idempotency.suite';
import { sessionSuite } from './testing/sessions.suite';

describe('the use cases on stores in memory', () => {
  const make = async () => new AuthHarness(fakeStores());
  sessionSuite(make);
  connectionSuite(make);
  accessSuite(make);
  approvalSuite(make);
  deletionSuite(make);
  formSuite(make);
  formAgainSuite(make);
  formCertificateSuite(make);
  formMeanwhileSuite(make);
  formPolicySuite(make);
  idempotencySuite(make);
});
