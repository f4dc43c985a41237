import type { Operation } from '../../soap/operation';
import { EwsFault, EwsRefusal } from '../../soap/refusal';
import { childOf, element, type XmlElement } from '../../wire/element';
import type { DirectorySurroundings } from '../directory-around';
import { plainRefusal, plainSuccess } from '../plain-response-message';
import { freeBusyWish, mailboxesIn, zoneOfRequest } from './availability-request';
import { freeBusyOf } from './free-busy-of';
import { freeBusyView } from './free-busy-view';
import { suggestionsResponse, type Asking } from './suggestions';

/** `GetUserAvailability`: one answer for each person, who may be unknown or closed to the one who asks; and times to meet. */
export function getUserAvailability(around: DirectorySurroundings): Operation {
  return (request, call) => {
    const emails = mailboxesIn(request);
    const zone = zoneOfRequest(request, call);
    const viewOptions = childOf(request, 'FreeBusyViewOptions');
    const suggestionOptions = childOf(request, 'SuggestionsViewOptions');
    if (viewOptions === null && suggestionOptions === null) {
      throw new EwsFault('ErrorMissingArgument', 'Neither a free/busy view nor suggestions are asked for.');
    }
    const asking = { emails, reader: call.mailbox, zone };
    return element('GetUserAvailabilityResponse', [
      viewOptions === null ? null : freeBusyResponses(around, asking, viewOptions),
      suggestionOptions === null ? null : suggestionsResponse(around, asking, suggestionOptions),
    ]);
  };
}

function freeBusyResponses(around: DirectorySurroundings, asking: Asking, options: XmlElement): XmlElement {
  const { emails, reader, zone } = asking;
  const wish = freeBusyWish(options, zone);
  const { window } = wish;
  const responses = emails.map((email) => {
    try {
      const view = freeBusyView(freeBusyOf(around, { email, reader, window }), wish);
      return element('FreeBusyResponse', [plainSuccess(), view]);
    } catch (error) {
      if (!(error instanceof EwsRefusal)) throw error;
      return element('FreeBusyResponse', [
        plainRefusal(error),
        element('FreeBusyView', [element('FreeBusyViewType', 'None')]),
      ]);
    }
  });
  return element('FreeBusyResponseArray', responses);
}
