import { folderNamed } from '../../mailbox/named-folders';
import type { FolderRecord } from '../../mailbox/records';
import type { Call, Operation } from '../../soap/operation';
import { EwsRefusal } from '../../soap/refusal';
import { refusalMessage, responseOf, successMessage } from '../../soap/response-messages';
import { childOf, element, textOf, type XmlElement } from '../../wire/element';
import type { DirectorySurroundings } from '../directory-around';
import { contactPeople } from './contact-people';
import { directoryPeople } from './directory-people';
import { nameTest } from './name-match';

/** How the people that are found are told of. */
export interface Resolving {
  /** With all that is known of them. */
  readonly isFull: boolean;
  /** A value of `DefaultShapeNamesType`, for contacts. */
  readonly base: string;
  readonly call: Call;
}

const OPERATION = 'ResolveNames';
/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/resolvenames-operation */
const MOST = 100;

/** `ResolveNames`: whom a name or the beginning of one may mean; several of them are a warning, nobody is an error. */
export function resolveNames(around: DirectorySurroundings): Operation {
  return (request, call) => {
    const test = nameTest(textOf(request, 'UnresolvedEntry') ?? '');
    const resolving = {
      isFull: request.attributes['ReturnFullContactData'] === 'true',
      base: request.attributes['ContactDataShape'] ?? 'AllProperties',
      call,
    };
    const folder = contactsFolder(around, request, call);
    const found = sourcesOf(request).flatMap((source) =>
      source === 'directory'
        ? directoryPeople(around, test, resolving)
        : folder === null
          ? []
          : contactPeople(around, folder, { test, resolving }),
    );
    return responseOf(OPERATION, [messageOf(found)]);
  };
}

type Source = 'directory' | 'contacts';

const SOURCES: Readonly<Record<string, readonly Source[]>> = {
  ActiveDirectory: ['directory'],
  Contacts: ['contacts'],
  ContactsActiveDirectory: ['contacts', 'directory'],
};

const sourcesOf = ({ attributes }: XmlElement): readonly Source[] =>
  SOURCES[attributes['SearchScope'] ?? ''] ?? ['directory', 'contacts'];

/** @throws EwsRefusal ErrorResolveNamesOnlyOneContactsFolderAllowed, ErrorResolveNamesInvalidFolderType, ErrorAccessDenied */
function contactsFolder({ store }: DirectorySurroundings, request: XmlElement, call: Call): FolderRecord | null {
  const [id, ...others] = childOf(request, 'ParentFolderIds')?.children ?? [];
  if (id === undefined) return store.distinguished(call.mailbox, 'contacts') ?? null;
  if (others.length > 0) {
    const message = 'Only one contacts folder can be specified in the request.';
    throw new EwsRefusal('ErrorResolveNamesOnlyOneContactsFolderAllowed', message);
  }
  const folder = folderNamed(store, id, { call, need: 'read' });
  if (folder.kind !== 'ContactsFolder') {
    const message = 'Only contacts folders can be specified as a parent folder.';
    throw new EwsRefusal('ErrorResolveNamesInvalidFolderType', message);
  }
  return folder;
}

function messageOf(found: readonly XmlElement[]): XmlElement {
  if (found.length === 0) {
    return refusalMessage(OPERATION, new EwsRefusal('ErrorNameResolutionNoResults', 'No results were found.'));
  }
  const set = element('ResolutionSet', found.slice(0, MOST), {
    TotalItemsInView: found.length,
    IncludesLastItemInRange: found.length <= MOST,
  });
  if (found.length === 1) return successMessage(OPERATION, [set]);
  const options = { responseClass: 'Warning', content: [set] } as const;
  const several = new EwsRefusal('ErrorNameResolutionMultipleResults', 'Multiple results were found.', options);
  return refusalMessage(OPERATION, several);
}
