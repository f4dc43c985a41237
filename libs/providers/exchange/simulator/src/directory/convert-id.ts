import { readId } from '../mailbox/ids';
import { malformedId, noMailbox } from '../mailbox/refusals';
import type { Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import type { DirectorySurroundings } from './directory-around';
import { ewsIdOf, idFormat, inFormat } from './id-formats';

/** `ConvertId`: one id in another form, whether or not there is anything behind it. */
export function convertId(around: DirectorySurroundings): Operation {
  return (request) => {
    const target = request.attributes['DestinationFormat'] ?? '';
    const ids = childOf(request, 'SourceIds')?.children ?? [];
    return messageForEach('ConvertId', ids, (id) => [converted(around, id, target)]);
  };
}

/** @throws EwsRefusal ErrorInvalidIdMalformed, ErrorNonExistentMailbox, ErrorNoPublicFolderServerAvailable */
function converted({ store, calendar }: DirectorySurroundings, id: XmlElement, target: string): XmlElement {
  if (id.name !== 'AlternateId') {
    throw new EwsRefusal('ErrorNoPublicFolderServerAvailable', 'There are no public folders in this organisation.');
  }
  const { Id = '', Format = '', Mailbox = '' } = id.attributes;
  if (!store.mailboxes.has(Mailbox.trim().toLowerCase())) throw noMailbox();
  const [from, to] = [idFormat(Format), idFormat(target)];
  const ewsId = from === null ? null : ewsIdOf(Id, from);
  const isKnown = ewsId !== null && (readId(ewsId) !== null || calendar.readOccurrenceId(ewsId) !== null);
  if (!isKnown || to === null) throw malformedId();
  return element('AlternateId', [], {
    'xsi:type': 't:AlternateIdType',
    Format: to,
    Id: inFormat(ewsId, to),
    Mailbox,
  });
}
