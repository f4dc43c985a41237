import type { HostedMeeting } from './records';

/** Whoever runs the meetings themselves: a deployment puts its own in place of the built-in one. */
export interface MeetingHost {
  /** A number, passcode and link for a new meeting; null where this host can give none for the deployment's brand. */
  issue(kind: HostedMeeting['kind']): Promise<HostedMeeting | null>;
  /** A sentence for the meeting's text, as when its numbers are not real ones; null: nothing to say. */
  readonly note: string | null;
}
