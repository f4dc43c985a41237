import { definitionOfZone, serverZones, timeZoneDefinition } from '../calendar/zones/zone-definition';
import type { Operation } from '../soap/operation';
import { responseOf, successMessage } from '../soap/response-messages';
import { childOf, element } from '../wire/element';

const OPERATION = 'GetServerTimeZones';

/** `GetServerTimeZones`: the zones of these ids, or all; an id nobody knows is left out ([MS-OXWSGTZ] 3.1.4.1.3.3). */
export const getServerTimeZones: Operation = (request, { now }) => {
  const full = request.attributes['ReturnFullTimeZoneData'] !== 'false';
  const wish = { full, year: new Date(now).getUTCFullYear() };
  const ids = childOf(request, 'Ids')?.children.map(({ text }) => text) ?? null;
  const definitions =
    ids === null
      ? serverZones().map((zone) => definitionOfZone(zone, wish))
      : [...new Set(ids)].map((id) => timeZoneDefinition(id, wish));
  return responseOf(OPERATION, [successMessage(OPERATION, [element('TimeZoneDefinitions', definitions)])]);
};
