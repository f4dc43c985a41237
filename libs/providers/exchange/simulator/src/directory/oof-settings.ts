import { readDateTime } from '../calendar/zones/date-texts';
import { UTC_ZONE } from '../calendar/zones/calendar-zone';
import { timeText } from '../items/item-view';
import { accessDenied, noMailbox } from '../mailbox/refusals';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import type { DirectorySurroundings } from './directory-around';
import { plainRefusal, plainSuccess } from './plain-response-message';

const DAY = 86_400_000;

/** `GetUserOofSettings`: the out-of-office replies of the own mailbox. */
export const getUserOofSettings =
  (around: DirectorySurroundings): Operation =>
  (request, call) =>
    answered('GetUserOofSettingsResponse', () => {
      const email = ownMailbox(around, request, call);
      const settings = around.book.oofOf(email) ?? unset(call.now);
      return [element('OofSettings', settings), element('AllowExternalOof', 'All')];
    });

/** `SetUserOofSettings`: all of them at once; nobody is told of it, as no mail leaves this server. */
export const setUserOofSettings =
  (around: DirectorySurroundings): Operation =>
  (request, call) =>
    answered('SetUserOofSettingsResponse', () => {
      const email = ownMailbox(around, request, call);
      around.book.setOof(email, checked(childOf(request, 'UserOofSettings'), call));
      return [];
    });

function answered(name: string, carryOut: () => readonly XmlElement[]): XmlElement {
  try {
    const content = carryOut();
    return element(name, [plainSuccess(), ...content]);
  } catch (error) {
    if (!(error instanceof EwsRefusal)) throw error;
    return element(name, [plainRefusal(error)]);
  }
}

/** @throws EwsRefusal ErrorNonExistentMailbox, ErrorAccessDenied for somebody else's */
function ownMailbox({ store }: DirectorySurroundings, request: XmlElement, { mailbox }: Call): string {
  const email = textOf(childOf(request, 'Mailbox'), 'Address')?.trim().toLowerCase() ?? '';
  if (!store.mailboxes.has(email)) throw noMailbox();
  if (email !== mailbox) throw accessDenied();
  return email;
}

const unset = (now: number): readonly XmlElement[] => [
  element('OofState', 'Disabled'),
  element('ExternalAudience', 'All'),
  element('Duration', [element('StartTime', timeText(now)), element('EndTime', timeText(now + DAY))]),
  element('InternalReply', [element('Message', '')]),
  element('ExternalReply', [element('Message', '')]),
];

/** @throws EwsRefusal ErrorInvalidScheduledOofDuration */
function checked(settings: XmlElement | null, { now }: Call): readonly XmlElement[] {
  const duration = childOf(settings, 'Duration');
  const [start, end] = ['StartTime', 'EndTime'].map((name) => readDateTime(textOf(duration, name) ?? '', UTC_ZONE));
  const isScheduled = textOf(settings, 'OofState') === 'Scheduled';
  const fits = typeof start === 'number' && typeof end === 'number' && start < end && end > now;
  if (isScheduled && !fits) {
    throw new EwsRefusal('ErrorInvalidScheduledOofDuration', 'The out-of-office duration is not valid.');
  }
  const times =
    typeof start === 'number' && typeof end === 'number'
      ? [element('Duration', [element('StartTime', timeText(start)), element('EndTime', timeText(end))])]
      : [];
  const others = (settings?.children ?? []).filter(({ name }) => name !== 'Duration');
  return [...others.map(withoutLanguage), ...times];
}

/** Which language a reply is written in is read and not kept. */
const withoutLanguage = (field: XmlElement): XmlElement => ({ ...field, attributes: {} });
