import { asText, type ForeignRecord, ProviderError } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import { bodyText } from './item-content';

/** How Teams and Skype set off the part of a body that people join by. */
const RULE = /[_.]{20,}/;

/**
 * Body with a description. That of an online meeting holds the part people join by, which its markup makes: text in its place
 * would end the meeting for everybody, and only texts are known here, so that such a description is not written.
 * @throws ProviderError Rejected where that part would be lost
 */
export function bodyOf(description: string, now: ForeignRecord | null): Markup {
  if (now !== null && holdsJoinPart(now))
    throw new ProviderError('Rejected', {
      detail: 'the join part of an online meeting would be lost',
      because: 'join_part_kept',
    });
  return markup('t:Body', { BodyType: 'Text' }, description);
}

/** Set off by a rule, or showing the meeting's own address: forms of it change. */
function holdsJoinPart(item: ForeignRecord): boolean {
  const address = asText(item['JoinOnlineMeetingUrl'], 4096);
  if (address === '') return false;
  const text = bodyText(item);
  return RULE.test(text) || text.includes(address);
}
