import { escapeHtml, htmlPage } from '@daybook/simulator-kit';
import { textOfHtml } from '../items/body-text';
import type { ItemSurroundings } from '../items/item-around';
import { wholeItem } from '../items/item-view';
import { itemNamed } from '../items/named-items';
import { readId } from '../mailbox/ids';
import { ownCall } from '../soap/own-call';
import { EwsRefusal } from '../soap/refusal';
import { childOf, element, textOf, type XmlElement } from '../wire/element';

/** The page behind `WebClientReadFormQueryString` of an item or occurrence; null when no mailbox has it. `now`: epoch milliseconds. */
export function itemPage(around: ItemSurroundings, id: string, now: number): string | null {
  const key = readId(around.calendar.readOccurrenceId(id)?.masterId ?? id)?.key ?? '';
  const mailbox = around.store.items.get(key)?.mailbox;
  if (mailbox === undefined) return null;
  const call = ownCall(mailbox, now);
  try {
    const target = itemNamed(around, element('ItemId', [], { Id: id }), { call, need: 'read' });
    return shown(wholeItem(around, target, call));
  } catch (error) {
    if (error instanceof EwsRefusal) return null;
    throw error;
  }
}

function shown(item: XmlElement): string {
  const isPrivate = ['Private', 'Confidential'].includes(textOf(item, 'Sensitivity') ?? '');
  const title = isPrivate ? 'Private item' : textOf(item, 'Subject') || textOf(item, 'DisplayName') || '(No subject)';
  const organizer = childOf(childOf(item, 'Organizer'), 'Mailbox');
  const zone = textOf(item, 'StartTimeZoneId');
  const when = textOf(item, 'When');
  const said = isPrivate ? [] : [textOf(item, 'Location'), bodyOf(item), textOf(organizer, 'EmailAddress')];
  const lines = [when === null || zone === null ? when : `${when} (${zone})`, ...said].filter(Boolean);
  const paragraphs = lines.map((line) => `<p style="white-space:pre-line">${escapeHtml(line ?? '')}</p>`).join('');
  return htmlPage(
    title,
    `<h1>${escapeHtml(title)}</h1>${paragraphs}<footer>A simulated Outlook on the web. Change it on the sandbox’s control page.</footer>`,
  );
}

function bodyOf(item: XmlElement): string {
  const body = childOf(item, 'Body');
  return body?.attributes['BodyType'] === 'HTML' ? textOfHtml(body.text) : (body?.text ?? '');
}
