import { asText, type ForeignRecord, isRecord, ProviderError } from '@daybook/provider-port';

/** How Teams sets off the part of a body that people join by. */
const RULE = /_{20,}/;
const LONGEST_BODY = 262_144;

/**
 * Body with a description. That of an online meeting holds the part people join by, which Exchange knows by its markup: text in
 * its place would end the meeting for everybody, and only texts are known here, so that such a description is not written.
 * Source: learn.microsoft.com/graph/api/event-update (online meetings).
 * @throws ProviderError Rejected where that part would be lost
 */
export function bodyOf(description: string, now: ForeignRecord): object {
  if (now['isOnlineMeeting'] === true && holdsJoinPart(now))
    throw new ProviderError('Rejected', {
      detail: 'the join part of an online meeting would be lost',
      because: 'join_part_kept',
    });
  return { contentType: 'text', content: description };
}

/** Set off by a rule, or showing the meeting's own address: forms of it change. */
function holdsJoinPart({ body, onlineMeeting }: ForeignRecord): boolean {
  const content = isRecord(body) ? asText(body['content'], LONGEST_BODY) : '';
  const joinUrl = isRecord(onlineMeeting) ? asText(onlineMeeting['joinUrl'], 4096) : '';
  return RULE.test(content) || (joinUrl !== '' && content.includes(joinUrl));
}
