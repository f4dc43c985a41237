import type { Operations } from '../soap/operation';
import { archiveItem } from './archive-item';
import { getUserAvailability } from './availability/user-availability';
import { convertId } from './convert-id';
import { createFolderPath } from './create-folder-path';
import { delegateOperations } from './delegates/delegate-operations';
import type { DirectorySurroundings } from './directory-around';
import { getInboxRules, getRoomLists, getRooms, noPersonas } from './empty-answers';
import { expandDL } from './expand-dl';
import { resolveNames } from './names/resolve-names';
import { getUserOofSettings, setUserOofSettings } from './oof-settings';
import { getServerTimeZones } from './server-time-zones';
import { getServiceConfiguration } from './service-configuration';
import { getUserConfiguration } from './user-configuration';

/** Operations on people, what they have set, and what the server knows beside mailboxes. */
export function directoryOperations(around: DirectorySurroundings): Operations {
  return {
    ResolveNames: resolveNames(around),
    ExpandDL: expandDL(around),
    FindPeople: noPersonas,
    GetPersona: noPersonas,
    GetUserAvailabilityRequest: getUserAvailability(around),
    GetServerTimeZones: getServerTimeZones,
    GetUserOofSettingsRequest: getUserOofSettings(around),
    SetUserOofSettingsRequest: setUserOofSettings(around),
    GetUserConfiguration: getUserConfiguration(around),
    GetServiceConfiguration: getServiceConfiguration(around),
    GetRoomLists: getRoomLists,
    GetRooms: getRooms,
    GetInboxRules: getInboxRules,
    ConvertId: convertId(around),
    ...delegateOperations(around),
    ArchiveItem: archiveItem,
    CreateFolderPath: createFolderPath(around),
  };
}
