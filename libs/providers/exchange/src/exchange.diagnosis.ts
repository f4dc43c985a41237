import { reach, skipped, type DiagnosisPort } from '@daybook/provider-port';
import { namedFolder } from './calendar/item-address';
import { accessIn } from './transport/access-text';
import type { EwsClient, EwsOperation, EwsSurroundings } from './transport/ews-client';
import { markup } from './transport/markup';
import { attributes, list, record } from './transport/record-shape';

/** The server is the one that the access names, and the password is shown to it once: by a look at the calendar folder. */
export function createExchangeDiagnosis({ http, clock }: EwsSurroundings, client: EwsClient): DiagnosisPort {
  return {
    reach: async (access) => {
      const server = access && accessIn(access.token);
      if (!server) return { address: skipped('earlier_failed'), tls: skipped('earlier_failed') };
      return reach(http, server.url, { now: clock.now(), ...(server.trust ? { trust: server.trust } : {}) });
    },
    signIn: async (access) => {
      await client.ask(access, LOOK_AT_CALENDAR);
    },
  };
}

const LOOK_AT_CALENDAR: EwsOperation = {
  name: 'GetFolder',
  content: { Folders: list({ CalendarFolder: record({ FolderId: attributes('Id') }) }) },
  request: () =>
    markup('m:GetFolder', {}, [
      markup('m:FolderShape', {}, [markup('t:BaseShape', {}, 'IdOnly')]),
      markup('m:FolderIds', {}, [namedFolder('calendar')]),
    ]),
};
