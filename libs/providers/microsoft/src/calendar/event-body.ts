import { asText, type ForeignRecord, isRecord, ProviderError } from '@daybook/provider-port';

/** How Teams sets off the part of a body that people join by. */
const RULE = /_{20,}/;

/**
 * Body with a description. That of an online meeting holds the block people join by, which Exchange knows by its markup:
 * replaced by text it would not be known any more, so only what stands before it could be written, and not from a text.
 * @throws ProviderError Rejected where that block would be lost
 */
export function bodyOf(description: string, now: ForeignRecord): object {
  const content = isRecord(now['body']) ? asText(now['body']['content'], 262_144) : '';
  if (now['isOnlineMeeting'] === true && RULE.test(content))
    throw new ProviderError('Rejected', { detail: 'the join block of an online meeting would be lost' });
  return { contentType: 'text', content: description };
}
