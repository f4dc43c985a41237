import { itemNamed } from '../items/named-items';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { responseOf, successMessage } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import type { DirectorySurroundings } from './directory-around';

const OPERATION = 'ExpandDL';

/** `ExpandDL`: the members of a list among somebody's contacts. The simulated organisation has no lists of its own. */
export function expandDL(around: DirectorySurroundings): Operation {
  return (request, call) => {
    const members = membersOf(around, childOf(childOf(request, 'Mailbox'), 'ItemId'), call);
    const expansion = element('DLExpansion', members, {
      TotalItemsInView: members.length,
      IncludesLastItemInRange: true,
    });
    return responseOf(OPERATION, [successMessage(OPERATION, [expansion])]);
  };
}

/** @throws EwsRefusal ErrorNameResolutionNoResults for an address, ErrorInvalidItemForOperationExpandDL for other items */
function membersOf(around: DirectorySurroundings, id: XmlElement | null, call: Call): readonly XmlElement[] {
  if (id === null) throw new EwsRefusal('ErrorNameResolutionNoResults', 'No results were found.');
  const { item } = itemNamed(around, id, { call, need: 'read' });
  if (item.kind !== 'DistributionList') {
    throw new EwsRefusal('ErrorInvalidItemForOperationExpandDL', 'ExpandDL can be used on distribution lists only.');
  }
  const list = item.fields.find(({ name }) => name === 'Members')?.children ?? [];
  return list.flatMap((member) => childOf(member, 'Mailbox') ?? []);
}
