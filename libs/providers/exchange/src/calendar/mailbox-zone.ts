import type { ZoneId } from '@daybook/domain';
import { asText, isRecord, listOf, type ProviderAccess, ProviderError } from '@daybook/provider-port';
import type { EwsClient, EwsOperation } from '../transport/ews-client';
import { markup } from '../transport/markup';
import { list, record, text } from '../transport/record-shape';
import { namedFolder } from './item-address';
import { zoneOf } from './zone-name';

const SETTING = 'timezone';

/**
 * The zone the person has chosen in Outlook on the web, which is the only place where a mailbox keeps one; null where they never
 * did, or it is one of their own making.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getuserconfiguration-operation.
 */
export async function mailboxZone(client: EwsClient, access: ProviderAccess): Promise<ZoneId | null> {
  try {
    const { UserConfiguration: settings } = await client.ask(access, GET_OPTIONS);
    const entries = isRecord(settings) ? listOf(settings['Dictionary']).filter(isRecord) : [];
    const zone = entries.find((entry) => valueIn(entry['DictionaryKey']).toLowerCase() === SETTING);
    return zone === undefined ? null : zoneOf(valueIn(zone['DictionaryValue']));
  } catch (error) {
    const isAbsent = error instanceof ProviderError && ['Gone', 'PermissionMissing', 'Unknown'].includes(error.kind);
    if (isAbsent) return null;
    throw error;
  }
}

const VALUE = record({ Value: text(256) });

const GET_OPTIONS: EwsOperation = {
  name: 'GetUserConfiguration',
  content: {
    UserConfiguration: record({
      Dictionary: list({ DictionaryEntry: record({ DictionaryKey: VALUE, DictionaryValue: VALUE }) }),
    }),
  },
  request: () =>
    markup('m:GetUserConfiguration', {}, [
      markup('m:UserConfigurationName', { Name: 'OWA.UserOptions' }, [namedFolder('root')]),
      markup('m:UserConfigurationProperties', {}, 'Dictionary'),
    ]),
};

const valueIn = (entry: unknown): string => (isRecord(entry) ? asText(entry['Value'], 256).trim() : '');
