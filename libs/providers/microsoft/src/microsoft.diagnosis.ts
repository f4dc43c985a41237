import { reach, type DiagnosisPort, type ProviderHttp } from '@daybook/provider-port';
import type { GraphClient } from './transport/graph-client';
import type { MicrosoftAddresses } from './transport/microsoft-addresses';

/**
 * Who the token belongs to is asked of Graph itself: every grant of ours may ask that, so that a refusal is about the token and
 * never about a permission.
 */
export function createMicrosoftDiagnosis(
  http: ProviderHttp,
  client: GraphClient,
  addresses: MicrosoftAddresses,
): DiagnosisPort {
  return {
    reach: () => reach(http, addresses.graph),
    signIn: async (access) => {
      await client.call(access, { method: 'GET', path: '/me?$select=id', aboutOneCalendar: false });
    },
  };
}
