import { attachmentMethods } from './attachment-methods';
import { calendarMethods } from './calendar-methods';
import type { Method } from './call';
import { eventActions } from './event-actions';
import { eventMethods } from './event-methods';
import { refusals } from './graph-error';
import { scheduleMethods } from './schedule';
import { settingsMethods } from './settings-methods';
import { idMethods } from './translate-ids';
import { userMethods } from './user-methods';

/** Every method below a mailbox. */
export const graphMethods: readonly Method[] = [
  ...eventMethods,
  ...eventActions,
  ...attachmentMethods,
  ...calendarMethods,
  ...scheduleMethods,
  ...userMethods,
  ...settingsMethods,
  ...idMethods,
];

interface Route {
  method: Method;
  segments: readonly string[];
  variables: number;
}

const ROUTES: readonly Route[] = graphMethods
  .map((method) => {
    const segments = method.path.toLowerCase().split('/').filter(Boolean);
    return { method, segments, variables: segments.filter((segment) => segment === '*').length };
  })
  .sort((one, other) => one.variables - other.variables);

/** A path below a mailbox: the calendar it names, and what comes after. */
export interface Target {
  method: Method;
  container: string | null;
  parts: readonly string[];
}

/** `events('id')` becomes two segments, `delta()` and `microsoft.graph.delta` become `delta`. @throws GraphError 400 */
export function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter(Boolean)
    .flatMap((raw) => {
      const segment = unescape(raw).replace(/^microsoft\.graph\.(?=\w)/i, '');
      const match = /^([A-Za-z][\w.$-]*)\((.*)\)$/.exec(segment);
      if (match?.[1] === undefined) return [segment];
      const inner = /^'(.*)'$/.exec(match[2] ?? '')?.[1];
      return inner === undefined ? [match[1]] : [match[1], inner.replaceAll("''", "'")];
    });
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusals.badRequest('The request URI is not valid.');
  }
}

/** Finds the method of a path below a mailbox. @throws GraphError 400 for an unknown segment, 405 for another verb */
export function targetOf(verb: string, segments: readonly string[]): Target {
  const { container, rest } = cutContainer(segments);
  const fits = (method: Method): boolean =>
    container === null ? method.on === 'mailbox' || ofMailboxToo(method) : method.on === 'calendar';
  const here = ROUTES.filter((route) => fits(route.method) && matches(route.segments, rest));
  const route = here.find(({ method }) => method.verb === verb);
  if (route === undefined) throw here.length > 0 ? refusals.method() : refusals.unknownSegment(rest[0] ?? '');
  return { method: route.method, container, parts: rest.filter((_part, index) => route.segments[index] === '*') };
}

/** Events are reached without naming the calendar too. */
const ofMailboxToo = ({ path }: Method): boolean => path.startsWith('events') || path.startsWith('calendarView');

function cutContainer(segments: readonly string[]): { container: string | null; rest: readonly string[] } {
  const [first, second, third, fourth] = segments.map((segment) => segment.toLowerCase());
  if (first === 'calendar') return { container: '', rest: segments.slice(1) };
  if (first === 'calendars' && second !== undefined) return { container: segments[1] ?? '', rest: segments.slice(2) };
  if (first === 'calendargroups' && third === 'calendars' && fourth !== undefined) {
    return { container: segments[3] ?? '', rest: segments.slice(4) };
  }
  return { container: null, rest: segments };
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((one, index) => one === '*' || one === segments[index]?.toLowerCase())
  );
}
