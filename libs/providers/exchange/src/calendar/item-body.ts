import { holdsJoinPart } from '@daybook/domain';
import { asText, type ForeignRecord, ProviderError } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import { bodyText, LONGEST_DESCRIPTION } from './item-content';

/**
 * Body with a description. That of an online meeting holds the part people join by, which its markup makes: text in its place
 * would end the meeting for everybody, and only texts are known here, so that such a description is not written. Nor is one of
 * which only the beginning is known.
 * @throws ProviderError Rejected where that part, or the end, would be lost
 */
export function bodyOf(description: string, now: ForeignRecord | null): Markup {
  if (now !== null && isJoinedBy(now))
    throw new ProviderError('Rejected', {
      detail: 'the join part of an online meeting would be lost',
      because: 'join_part_kept',
    });
  if (now !== null && bodyText(now).length > LONGEST_DESCRIPTION)
    throw new ProviderError('Rejected', {
      detail: 'the end of a long description would be lost',
      because: 'description_too_long',
    });
  return markup('t:Body', { BodyType: 'Text' }, description);
}

/** Body of an occurrence as it was, in place of that of its series. */
export function bodyAgain(description: string, formatted: string | undefined): Markup {
  if (formatted !== undefined) return markup('t:Body', { BodyType: 'HTML' }, formatted);
  return markup('t:Body', { BodyType: 'Text' }, description);
}

/** Teams leaves the field of the address empty, and Exchange 2010 does not have it. */
function isJoinedBy(item: ForeignRecord): boolean {
  const address = asText(item['JoinOnlineMeetingUrl'], 4096);
  return holdsJoinPart(bodyText(item), { isOnline: address !== '', address });
}
