import { element, textOf } from '../wire/element';
import type { Fields } from './places';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  NotStarted: 'Not Started',
  InProgress: 'In Progress',
  Completed: 'Completed',
  WaitingOnOthers: 'Waiting on someone else',
  Deferred: 'Deferred',
};

/** What the server adds to a task. */
export function wholeTask(fields: Fields, owner: string): Fields {
  const task = element('Task', fields);
  const status = textOf(task, 'Status') ?? 'NotStarted';
  const defaults = [
    element('Status', status),
    element('PercentComplete', 0),
    element('Owner', owner),
    element('ChangeCount', 1),
    element('DelegationState', 'NoMatch'),
    element('IsAssignmentEditable', 0),
  ];
  const own = new Set(fields.map(({ name }) => name));
  return [
    ...fields,
    ...defaults.filter(({ name }) => !own.has(name)),
    element('IsComplete', status === 'Completed'),
    element('IsRecurring', own.has('Recurrence')),
    element('IsTeamTask', false),
    element('StatusDescription', DESCRIPTIONS[status] ?? status),
  ];
}

/** Status, percentage and date of completion always say the same; `changed` names what was set last. */
export function preparedTask(fields: Fields, changed: readonly string[], now: number): Fields {
  const task = element('Task', fields);
  const percent = Number(textOf(task, 'PercentComplete') ?? 0);
  const byPercent = changed.includes('PercentComplete') && !changed.includes('Status');
  const byDate = changed.includes('CompleteDate') && !changed.includes('Status');
  const given = textOf(task, 'Status');
  const status = byPercent ? statusAt(percent) : byDate ? 'Completed' : given;
  if (status === null) return fields;
  const rest = fields.filter(({ name }) => !['Status', 'PercentComplete', 'CompleteDate'].includes(name));
  if (status !== 'Completed') {
    const left = status === 'NotStarted' || percent === 100 ? 0 : percent;
    return [...rest, element('Status', status), element('PercentComplete', left)];
  }
  const date = textOf(task, 'CompleteDate') ?? `${new Date(now).toISOString().slice(0, 10)}T00:00:00Z`;
  return [...rest, element('Status', status), element('PercentComplete', 100), element('CompleteDate', date)];
}

function statusAt(percent: number): string {
  if (percent >= 100) return 'Completed';
  return percent > 0 ? 'InProgress' : 'NotStarted';
}
