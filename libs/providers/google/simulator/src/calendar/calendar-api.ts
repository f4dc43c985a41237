import type { Answer, Incoming } from '@daybook/simulator-kit';
import { GoogleError, refusals } from '../http/google-error';
import { checkQuery } from '../http/query-check';
import type { Grants } from '../oauth/grants';
import { METHOD_SCOPES } from '../oauth/scopes';
import type { AccessToken } from '../state/mailbox';
import { calendarListMethods } from './calendar-list-methods';
import { calendarMethods as calendarsMethods } from './calendar-methods';
import { eventsMethods } from './events-methods';
import type { CalendarSetting, Method } from './method';
import { otherMethods } from './other-methods';

interface Route {
  method: Method;
  segments: string[];
  variables: number;
}

/** Every method there is. */
export const calendarMethods: readonly Method[] = [
  ...eventsMethods,
  ...calendarListMethods,
  ...calendarsMethods,
  ...otherMethods,
];

const ROUTES: readonly Route[] = calendarMethods
  .map((method) => {
    const segments = method.path.split('/');
    return { method, segments, variables: segments.filter((segment) => segment === '*').length };
  })
  .sort((one, other) => one.variables - other.variables);

export const CALENDAR_PREFIX = '/calendar/v3/';

/** Calendar v3: finds the method, then asks in Google's order: who is it, may they, is the call well-formed. */
export class CalendarApi {
  constructor(
    private readonly setting: CalendarSetting,
    private readonly grants: Grants,
  ) {}

  /** The person behind a call; null when its token is dead or absent. */
  personOf({ headers, query }: Incoming): AccessToken | null {
    const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? query.get('oauth_token');
    return bearer === undefined || bearer === null ? null : this.grants.findAccessToken(bearer);
  }

  /** @throws GoogleError for every refusal. */
  answer(incoming: Incoming): Answer {
    const parts = incoming.path.slice(CALENDAR_PREFIX.length).split('/').map(unescape);
    const here = ROUTES.filter(({ segments }) => matches(segments, parts));
    const route = here.find(({ method }) => method.verb === incoming.method);
    if (route === undefined) throw here.length > 0 ? refusals.methodNotAllowed() : refusals.notFound();
    const token = this.personOf(incoming);
    if (token === null) throw hasCredentials(incoming) ? refusals.unauthorized() : refusals.loginRequired();
    const box = this.setting.world.mailboxes.get(token.email);
    if (box === undefined) throw refusals.unauthorized();
    const { method } = route;
    if (!METHOD_SCOPES[method.scopes].some((scope) => token.scopes.includes(scope))) {
      throw refusals.insufficientPermissions();
    }
    checkQuery(incoming.query, method.query);
    const body = readBody(incoming, method);
    if (method.writes === true) this.refuseByFault(token.email, incoming);
    return method.run({
      setting: this.setting,
      box,
      token,
      parts: parts.filter((_part, index) => route.segments[index] === '*'),
      query: incoming.query,
      body,
      ifMatch: incoming.headers['if-match'] ?? null,
      ifNoneMatch: incoming.headers['if-none-match'] ?? null,
      origin: incoming.origin,
      path: incoming.path,
    });
  }

  /** Does the call change something? (A fault may strike after it.) */
  isWrite({ method, path }: Incoming): boolean {
    const parts = path.slice(CALENDAR_PREFIX.length).split('/');
    return ROUTES.some(
      (route) => route.method.verb === method && route.method.writes === true && matches(route.segments, parts),
    );
  }

  /** `conflict`: somebody else was faster, so the event has another etag by now. */
  private refuseByFault(email: string, { path }: Incoming): void {
    if (this.setting.faults.strike('conflict', email) === null) return;
    const [, calendarId = '', , eventId = ''] = path.slice(CALENDAR_PREFIX.length).split('/').map(unescape);
    const store = this.setting.world.calendar(calendarId === 'primary' ? email : calendarId);
    const event = store?.get(eventId);
    if (store !== undefined && event !== undefined) {
      this.setting.world.put(store, { ...event.read(), updated: new Date(this.setting.clock.now()).toISOString() });
    }
    throw refusals.preconditionFailed();
  }
}

function matches(segments: readonly string[], parts: readonly string[]): boolean {
  return (
    segments.length === parts.length && segments.every((segment, index) => segment === '*' || segment === parts[index])
  );
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusals.invalid('Bad Request');
  }
}

const hasCredentials = ({ headers, query }: Incoming): boolean =>
  headers.authorization !== undefined || query.has('oauth_token');

function readBody({ body }: Incoming, method: Method): unknown {
  const empty = body.trim() === '';
  if (method.body !== true) {
    if (!empty && body.trim() !== '{}') throw refusals.parseError('This method takes no body.');
    return undefined;
  }
  if (empty) throw refusals.parseError('A body is required.');
  try {
    return JSON.parse(body);
  } catch {
    throw new GoogleError(400, { domain: 'global', reason: 'parseError', message: 'Parse Error' });
  }
}
