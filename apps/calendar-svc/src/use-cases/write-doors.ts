import { fail, type Meeting, type ProblemCode, type ReasonCode } from '@daybook/contracts';

const problems: Partial<Record<ReasonCode, ProblemCode>> = {
  calendar_read_only: 'calendar_read_only',
  permission_missing: 'permission_missing',
  not_organizer: 'not_organizer',
  two_way_off: 'two_way_off',
  attendees_left_out: 'attendees_left_out',
  integration_disabled: 'integration_disabled',
  capability_not_available: 'capability_not_available',
  scheduled_elsewhere: 'scheduled_elsewhere',
};

/** Throws why a meeting may not be changed here, with the provider's own page of it. */
export function refuseEdit({ actions, editUrl }: Meeting): void {
  if (!actions.edit) throw closed(actions.reasons.edit, editUrl);
}

/** The same of deleting it. */
export function refuseDelete({ actions, editUrl }: Meeting): void {
  if (!actions.delete) throw closed(actions.reasons.delete, editUrl);
}

function closed(reason: ReasonCode | undefined, editUrl: string | null): Error {
  const code = (reason && problems[reason]) ?? 'forbidden';
  return fail(code, undefined, editUrl === null ? {} : { editUrl });
}

/** Bare or quoted, weak or strong; null matches all: `*`, or none given. */
export function wantedVersion(ifMatch: string | undefined): string | null {
  const given = ifMatch?.trim();
  if (given === undefined || given === '' || given === '*') return null;
  return given.replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
}
