import { holdsJoinPart } from '@daybook/domain';
import { asText, type ForeignRecord, isRecord, ProviderError } from '@daybook/provider-port';

const LONGEST_BODY = 262_144;

/**
 * Body with a description. That of an online meeting holds the part people join by, which Exchange knows by its markup: text in
 * its place would end the meeting for everybody, and only texts are known here, so that such a description is not written.
 * Source: learn.microsoft.com/graph/api/event-update (online meetings).
 * @throws ProviderError Rejected where that part would be lost
 */
export function bodyOf(description: string, now: ForeignRecord): object {
  if (isJoinedBy(now))
    throw new ProviderError('Rejected', {
      detail: 'the join part of an online meeting would be lost',
      because: 'join_part_kept',
    });
  return { contentType: 'text', content: description };
}

/** An event that came by another way than Teams' own shows such a part without being an online meeting to Graph. */
function isJoinedBy({ body, isOnlineMeeting, onlineMeeting }: ForeignRecord): boolean {
  const content = isRecord(body) ? asText(body['content'], LONGEST_BODY) : '';
  const address = isRecord(onlineMeeting) ? asText(onlineMeeting['joinUrl'], 4096) : '';
  return holdsJoinPart(content, { isOnline: isOnlineMeeting === true, address });
}
