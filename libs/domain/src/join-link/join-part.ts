/**
 * The part of a description that Teams and Skype for Business write there for people to join by. Its markup is what makes it: text
 * in its place takes it from everybody who was invited. It is known by the text alone, because not every way to read a meeting
 * tells its address beside it, and those that do leave it empty for meetings of newer kinds.
 */
import { judgeLink } from './judge-link';
import { bareHostPattern, linksInText } from './links-in-text';
import { VENDORS } from './rules';
import { unwrapLink } from './unwrap-link';

/** Those whose part is the mailbox's own work; what people paste of others is text already. */
const MAKERS = VENDORS.filter(({ name }) => name === 'Microsoft Teams' || name === 'Skype');
const BARE = bareHostPattern(MAKERS.flatMap(({ hosts }) => hosts.map(({ host }) => host)));
/** How they set it off. */
const RULE = /[_.]{20,}/;
/**
 * Of Skype for Business and Lync on servers of one's own: `https://meet.corp.example/ada/K3PX8Q2Z`.
 * Source: learn.microsoft.com/skypeforbusiness/plan-your-deployment/network-requirements/simple-urls.
 */
const OWN_SERVER =
  /^https:\/\/(?:join|lync|lyncweb|meet|sfb|skype)\.[\w.-]+\/(?:[^\s/?#]+\/){1,3}[A-Z0-9]{6,12}\/?(?:[?#]|$)/;

export interface ToldOfJoining {
  /** Whether the provider says that it is an online meeting. */
  readonly isOnline: boolean;
  /** The address it tells; empty where it tells none. */
  readonly address: string;
}

/** @param text a description as text, where links show as `words<address>` */
export function holdsJoinPart(text: string, { isOnline, address }: ToldOfJoining): boolean {
  const isSetOff = RULE.test(text);
  if ((isOnline && isSetOff) || (address !== '' && text.includes(address))) return true;
  return linksInText(text, BARE).some((link) => isJoinAddress(link) && (isSetOff || text.includes(`<${link}>`)));
}

function isJoinAddress(link: string): boolean {
  const isTheirs = MAKERS.some((maker) => judgeLink(link, maker, [maker]).type === 'meeting');
  return isTheirs || OWN_SERVER.test(unwrapLink(link).url);
}
