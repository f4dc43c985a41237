import { reach, type Clock, type DiagnosisPort, type ProviderHttp } from '@daybook/provider-port';
import type { GoogleAddresses } from './transport/google-addresses';
import { createGoogleClient } from './transport/google-client';

/**
 * Who the token belongs to is asked of the identity address: every grant of ours may ask that, so that a refusal is about the
 * token and never about a permission.
 */
export function createGoogleDiagnosis(http: ProviderHttp, clock: Clock, addresses: GoogleAddresses): DiagnosisPort {
  const identity = createGoogleClient(http, clock, addresses.userInfo);
  return {
    reach: () => reach(http, addresses.calendar),
    signIn: async (access) => {
      await identity.call(access, { method: 'GET', path: '', aboutOneCalendar: false });
    },
  };
}
