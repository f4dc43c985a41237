import type { MeetingHost } from '../ports/meeting-host';
import type { HostedMeeting } from '../ports/records';

/** Where the join details begin in a description: what stands before is a person's own text. */
const RULE = '──────────';

/** A meeting's description as it stands in its calendar: the person's text, then how to join. */
export function meetingText(
  own: string,
  hosted: HostedMeeting,
  { brand, note }: { brand: string; note: MeetingHost['note'] },
): string {
  const details = [
    RULE,
    `Join ${brand} ${hosted.kind === 'webinar' ? 'Webinar' : 'Meeting'}`,
    hosted.url,
    '',
    `Meeting ID: ${spaced(hosted.number)}`,
    `Passcode: ${hosted.passcode}`,
    ...(note === null ? [] : ['', note]),
  ].join('\n');
  const text = own.trim();
  return text === '' ? details : `${text}\n\n${details}`;
}

/** The person's own text of a description that was made here. */
export function ownText(description: string): string {
  const at = description.indexOf(RULE);
  return (at < 0 ? description : description.slice(0, at)).trim();
}

/** `001 2345 6789`: as it is read out. */
function spaced(number: string): string {
  return number.replace(/^(\d{3})(\d{3,4})(\d{3,5})$/, '$1 $2 $3');
}
