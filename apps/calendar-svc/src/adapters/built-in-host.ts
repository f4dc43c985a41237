import { randomInt } from 'node:crypto';
import { hostedLink } from '@daybook/domain';
import type { MeetingHost } from '../ports/meeting-host';
import type { HostedMeeting } from '../ports/records';

/** Numbers that the vendor does not issue, so that a link of a trial is never a stranger's meeting. */
const NOT_ISSUED = '00';

/** For trials: nothing is held anywhere, and the text of each meeting says so. Numbers are drawn from a thousand million. */
export class BuiltInHost implements MeetingHost {
  readonly note =
    'This number and link are samples of a trial: nobody can meet there until the deployment is joined to a real meeting service.';

  constructor(private readonly brand: string) {}

  async issue(kind: HostedMeeting['kind']): Promise<HostedMeeting | null> {
    const number = NOT_ISSUED + digits(9);
    const passcode = digits(6);
    const url = hostedLink(this.brand, { kind, number, passcode });
    return url === null ? null : { kind, number, passcode, url };
  }
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
