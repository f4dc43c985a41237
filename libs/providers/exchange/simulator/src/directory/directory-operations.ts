import type { Operations } from '../soap/operation';
import { absentFeatures } from './absent-features';
import { archiveItem } from './archive-item';
import { getUserAvailability } from './availability/user-availability';
import { convertId } from './convert-id';
import { createFolderPath } from './create-folder-path';
import { delegateOperations } from './delegates/delegate-operations';
import type { DirectorySurroundings } from './directory-around';
import { getInboxRules, getRoomLists, getPasswordExpirationDate, getRooms } from './empty-answers';
import { expandDL } from './expand-dl';
import { resolveNames } from './names/resolve-names';
import { getUserOofSettings, setUserOofSettings } from './oof-settings';
import { getServerTimeZones } from './server-time-zones';
import { getServiceConfiguration } from './service-configuration';
import { configurationOperations } from './user-configuration';

/** Operations on people, what they have set, and what the server knows beside mailboxes. */
export function directoryOperations(around: DirectorySurroundings): Operations {
  return {
    ...absentFeatures,
    ResolveNames: resolveNames(around),
    ExpandDL: expandDL(around),
    GetUserAvailabilityRequest: getUserAvailability(around),
    GetServerTimeZones: getServerTimeZones,
    GetUserOofSettingsRequest: getUserOofSettings(around),
    SetUserOofSettingsRequest: setUserOofSettings(around),
    ...configurationOperations(around),
    GetServiceConfiguration: getServiceConfiguration(around),
    GetRoomLists: getRoomLists,
    GetRooms: getRooms,
    GetInboxRules: getInboxRules,
    GetPasswordExpirationDate: getPasswordExpirationDate,
    ConvertId: convertId(around),
    ...delegateOperations(around),
    ArchiveItem: archiveItem,
    CreateFolderPath: createFolderPath(around),
  };
}
