import { isDeepStrictEqual } from 'node:util';
import type { MeetingRecord } from '../ports/records';
import type { MeetingCandidate } from './remote-to-meeting';

/**
 * Whether another provider tells the same of an item that was stored as the one before told it: names, pages of its own and the
 * blanks of a text are each one's own and nobody's news.
 */
export function isSameElsewhere(before: MeetingRecord, candidate: MeetingCandidate): boolean {
  return before.former !== undefined && isDeepStrictEqual(telling(before), telling(candidate));
}

function telling(record: MeetingRecord): object {
  const { remoteId: _name, remoteVersion: _version, former: _former, sequence: _sequence, rev: _rev, ...rest } = record;
  const { content } = rest;
  if (content === null) return rest;
  const { webLink: _page, description, ...told } = content;
  return { ...rest, content: { ...told, description: description.replaceAll(/\s+/g, ' ').trim() } };
}
