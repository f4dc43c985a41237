import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Incoming } from '@daybook/simulator-kit';
import type { Mailbox } from '../mailbox/mailbox';
import type { Identify } from './identify';
import { checkScopes } from './access';
import { listAnswer, refusalAnswer, type RequestIds } from './answers';
import { batchAnswer, widthOfBatch } from './batch';
import type { Call, GraphSetting, Method } from './call';
import { Concurrency, MOST_AT_ONCE, tooManyAtOnce } from './concurrency';
import { refuseUntracked } from './delta-method';
import { GraphError, refusals } from './graph-error';
import { boxOf, itemOf, placeOf, writingOf } from './places';
import { readPreferences } from './prefer';
import { readOptions } from './query-options';
import { segmentsOf, targetOf, type Target } from './routes';
import { subscriptionAnswer, type RootCall } from './subscription-methods';
import { cutUser, userResource } from './user-methods';
import { touch } from './faults-on-data';

/** Paths Graph answers. */
export const GRAPH_PATH = /^\/(v1\.0|beta)(\/.*)$/;

const DEFAULT_RETRY = 10;

/** Microsoft Graph below `/v1.0` and `/beta`: finds the method, then asks who it is, may they, is the call well-formed. */
export class GraphApi {
  private readonly concurrency = new Concurrency();

  constructor(
    private readonly setting: GraphSetting,
    private readonly identify: Identify,
  ) {}

  /**
   * Answers one request. Never rejects: what goes wrong is an answer too. `delay` is waited before anything is done, in
   * milliseconds; meanwhile the request counts as under way.
   */
  async answer(incoming: Incoming, delay = 0): Promise<Answer> {
    return this.guarded(incoming, async () => {
      const { email, wanted } = this.placesOf(incoming);
      const taken = email === null ? wanted : this.concurrency.enter(email, wanted);
      try {
        if (taken === 0 && wanted === 1) throw tooManyAtOnce();
        if (delay > 0) await wait(delay);
        return await this.run(incoming, wanted - taken);
      } finally {
        if (email !== null) this.concurrency.leave(email, taken);
      }
    });
  }

  /** Whose mailbox serves a request, and how much of what it serves at once that takes. */
  private placesOf(incoming: Incoming): { email: string | null; wanted: number } {
    if (!isBatch(incoming)) return { email: this.mailboxNamedBy(incoming), wanted: 1 };
    return { email: this.identify(incoming).email, wanted: Math.min(widthOfBatch(incoming), MOST_AT_ONCE) };
  }

  /** Whose mailbox a request is for, as far as it shows: what faults of one mailbox strike. */
  mailboxOf(incoming: Incoming): string | null {
    try {
      return this.mailboxNamedBy(incoming) ?? this.identify(incoming).email;
    } catch {
      return null;
    }
  }

  private async guarded(incoming: Incoming, run: () => Promise<Answer>): Promise<Answer> {
    const request = randomUUID();
    const ids: RequestIds = { request, client: String(incoming.headers['client-request-id'] ?? request) };
    const headers = { 'request-id': ids.request, 'client-request-id': ids.client };
    try {
      const answer = await run();
      return { ...answer, headers: { ...answer.headers, ...headers } };
    } catch (error) {
      const known = error instanceof GraphError ? error : refusals.internal();
      const answer = refusalAnswer(known, ids, this.setting.clock.now());
      return { ...answer, headers: { ...answer.headers, ...headers } };
    }
  }

  /** @param missing how many parts of a batch find no place */
  private async run(incoming: Incoming, missing = 0): Promise<Answer> {
    const [, version = '', path = ''] = GRAPH_PATH.exec(incoming.path) ?? [];
    if (version !== 'v1.0' && version !== 'beta') throw refusals.unknownSegment(incoming.path);
    const [root = '', ...segments] = segmentsOf(path);
    const principal = this.identify(incoming);
    const preferences = readPreferences(incoming.headers);
    const call: RootCall = { setting: this.setting, principal, version, preferences, incoming, body: undefined };
    switch (root.toLowerCase()) {
      case '$batch':
        return batchAnswer(incoming, readJson(incoming), (part, index) =>
          this.guarded(part, () => (index < missing ? Promise.reject(tooManyAtOnce()) : this.run(part))),
        );
      case 'subscriptions':
        this.strike(principal.email);
        return subscriptionAnswer({ ...call, body: readJson(incoming) }, segments);
      case 'me':
        return this.mailboxAnswer(call, boxOf(this.setting, principal, null), targetOf(incoming.method, segments));
      case 'users':
        return this.usersAnswer(call, segments);
      default:
        throw refusals.unknownSegment(root);
    }
  }

  private async usersAnswer(call: RootCall, segments: readonly string[]): Promise<Answer> {
    const { principal, incoming } = call;
    const [user, ...rest] = segments;
    if (user !== undefined) {
      return this.mailboxAnswer(call, boxOf(this.setting, principal, user), targetOf(incoming.method, rest));
    }
    if (incoming.method !== 'GET') throw refusals.method();
    const everybody = this.setting.world.mailboxes.values().filter(({ tenantId }) => tenantId === principal.tenantId);
    for (const box of everybody) checkScopes(principal, box, 'user');
    const { select, top } = readOptions(incoming.query, ['select', 'top']);
    const items = everybody.slice(0, top ?? 100).map((box) => JSON.stringify(cutUser(userResource(box), select)));
    return listAnswer(call, { set: 'users', items });
  }

  private async mailboxAnswer(root: RootCall, box: Mailbox, target: Target): Promise<Answer> {
    const { principal, incoming, preferences } = root;
    const { method, container, parts } = target;
    this.strike(box.email);
    checkScopes(principal, box, method.need);
    if (method.path.endsWith('/delta')) refuseUntracked(incoming.query);
    const options = readOptions(incoming.query, method.options);
    const frame = { ...root, box, need: method.need };
    const call: Call = {
      ...frame,
      container,
      parts,
      options,
      body: method.body === true ? readJson(incoming) : undefined,
      place: () => placeOf(frame, container),
      item: (id) => itemOf(frame, container, id),
      writing: (operation) => writingOf(frame, operation),
    };
    if (method.writes === true) this.refuseByConflict(call, method);
    const answer = await method.run(call);
    const applied = [answer.headers['preference-applied'] ?? [], preferences.applied].flat().filter(Boolean).join(', ');
    const confirmed =
      applied === '' ? answer : { ...answer, headers: { ...answer.headers, 'preference-applied': applied } };
    const lost = method.writes === true && this.setting.faults.strike('timeout_after_write', box.email) !== null;
    return lost ? { ...confirmed, cut: true } : confirmed;
  }

  /** Faults that come before anything is looked at. @throws GraphError 429, 403, 500, 503 */
  private strike(email: string): void {
    const { faults } = this.setting;
    const throttled = faults.strike('throttled', email);
    if (throttled !== null) {
      const seconds = throttled.ms === undefined ? DEFAULT_RETRY : throttled.ms / 1000;
      throw refusals.throttled(seconds, 'Application is over its RequestLimit limit.');
    }
    if (faults.strike('quota', email) !== null) throw refusals.quota();
    if (faults.strike('server_error', email) !== null) throw refusals.internal();
    if (faults.strike('unavailable', email) !== null) throw refusals.unavailable();
  }

  /** `conflict`: somebody else was faster, so the event has another change key by now. */
  private refuseByConflict(call: Call, { path }: Method): void {
    if (!path.startsWith('events/*') || this.setting.faults.strike('conflict', call.box.email) === null) return;
    touch(this.setting, call.item(call.parts[0] ?? ''));
    throw refusals.conflict();
  }

  private mailboxNamedBy(incoming: Incoming): string | null {
    const [root = '', user = ''] = segmentsOf(GRAPH_PATH.exec(incoming.path)?.[2] ?? '');
    if (root.toLowerCase() === 'me') return this.identify(incoming).email;
    return root.toLowerCase() === 'users' ? (this.setting.world.find(user)?.email ?? null) : null;
  }
}

function isBatch({ path }: Incoming): boolean {
  return /^\/\$batch\/?$/i.test(GRAPH_PATH.exec(path)?.[2] ?? '');
}

function readJson({ body, headers }: Incoming): unknown {
  if (body.trim() === '') return undefined;
  if (!/json/i.test(headers['content-type'] ?? '')) {
    throw new GraphError(415, 'UnsupportedMediaType', 'A JSON body needs the content type application/json.');
  }
  try {
    return JSON.parse(body);
  } catch {
    throw refusals.badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
}
