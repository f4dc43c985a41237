import {
  DEFAULT_CLIENTS,
  DEFAULT_SLOWNESS,
  emptyAnswer,
  Faults,
  jsonAnswer,
  Ledger,
  noRecorder,
  pageAnswer,
  SharedJournal,
  ShiftableClock,
  type Answer,
  type FaultOrder,
  type Incoming,
  type Recorder,
  type ServedSimulator,
} from '@daybook/simulator-kit';

import { EntraSide } from './entra/entra-side';
import { GRAPH_PATH } from './graph/graph-api';
import { GraphSide, type OpenGraph } from './graph/graph-side';
import { eventPage } from './http/event-page';
import { homePage, missingPage } from './http/home-page';
import type { MailboxStore } from './mailbox/mailbox-store';
import type { MicrosoftSimulatorOptions } from './options';

/** One simulated Microsoft, sign-in and Graph: state, rules and addresses, without the sockets. */
export class MicrosoftSimulator implements ServedSimulator {
  readonly clock: ShiftableClock;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly entra: EntraSide;
  readonly side: GraphSide;
  readonly recorder: Recorder;
  /** Where it can be reached; set once it listens. */
  origin = 'http://localhost';
  latencyMs: number;
  private readonly journal = new SharedJournal();
  private readonly graph: OpenGraph;

  constructor(options: MicrosoftSimulatorOptions) {
    this.clock = new ShiftableClock(options.clock);
    this.faults = new Faults(this.clock);
    this.recorder = options.recorder ?? noRecorder;
    this.latencyMs = options.latencyMs ?? 0;
    const around = { journal: this.journal.current, clock: this.clock, faults: this.faults };
    this.ledger = new Ledger(this.journal.current);
    this.side = new GraphSide({
      ...around,
      ledger: this.ledger,
      identify: (incoming) => this.entra.identify(incoming),
      origin: () => this.origin,
      record: (exchange) => this.recorder.record(exchange),
    });
    this.entra = new EntraSide({ ...around, world: this.side.world, clients: options.clients ?? DEFAULT_CLIENTS });
    this.journal.open(options.journalFile, [this.entra, this.side.world, this.ledger]);
    this.graph = this.side.open(this.entra.secret('delta-tokens'), options.deltaTokenLife);
    this.journal.flush();
  }

  get world(): MailboxStore {
    return this.side.world;
  }

  readonly headers = {
    'cache-control': 'no-store, no-cache',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  };
  readonly varies = 'Accept-Encoding';

  /** Answers one request. Never rejects: what goes wrong is an answer too. */
  async answer(incoming: Incoming): Promise<Answer> {
    const answer = await this.routed(incoming);
    this.flush();
    return incoming.method === 'HEAD' ? { ...answer, body: '' } : answer;
  }

  tooLarge(): Answer {
    const error = { code: 'RequestBodyTooLarge', message: 'The request body is too large.' };
    return jsonAnswer(413, { error }, { connection: 'close' });
  }

  /** Graph waits by itself: meanwhile its requests count as under way. */
  delayOf(incoming: Incoming): number {
    return GRAPH_PATH.test(incoming.path) ? 0 : this.slowness(incoming);
  }

  cuts(incoming: Incoming): boolean {
    return this.isForPrograms(incoming) && this.faults.strike('cut', this.emailOf(incoming)) !== null;
  }

  addFault(order: FaultOrder): void {
    // A revoked grant is an event, not a state: who consents again afterwards is let in.
    if (order.kind === 'grant_revoked') this.entra.revokeAll(order.email ?? null);
    else this.faults.add(order);
    this.flush();
  }

  /** Sends a lifecycle notification to the subscriptions of a mailbox; returns how many were told. */
  tellLifecycle: OpenGraph['tellLifecycle'] = (email, event) => this.graph.tellLifecycle(email, event);

  /** Ends a unit of work: what was written is safe from here on. */
  flush(): void {
    this.journal.flush();
  }

  /** Forgets every person, event and grant; keys stay, so that running clients can sign in again. */
  clear(): void {
    this.faults.clear();
    this.clock.set(null);
    for (const part of [this.entra, this.world, this.ledger]) part.clear();
    this.journal.rewrite();
  }

  close(): void {
    this.side.close();
    this.journal.close();
  }

  private routed(incoming: Incoming): Answer | Promise<Answer> {
    const { path, method, query } = incoming;
    if (GRAPH_PATH.test(path)) return this.graph.api.answer(incoming, this.slowness(incoming));
    if (this.entra.handles(path)) return this.entraAnswer(incoming);
    if (method !== 'GET' && method !== 'HEAD') return pageAnswer(405, missingPage(), { allow: 'GET, HEAD' });
    if (path === '/') return pageAnswer(200, homePage());
    if (path === '/favicon.ico') return emptyAnswer(204);
    const page = path.startsWith('/owa/') ? eventPage(this.world, query.get('itemid') ?? '') : null;
    return page === null ? pageAnswer(404, missingPage()) : pageAnswer(200, page);
  }

  private entraAnswer(incoming: Incoming): Answer {
    const isDown = this.isForPrograms(incoming) && this.faults.strike('unavailable', this.emailOf(incoming)) !== null;
    return isDown ? jsonAnswer(503, { error: 'temporarily_unavailable' }) : this.entra.answer(incoming);
  }

  private slowness(incoming: Incoming): number {
    const slow = this.faults.strike('slow', this.emailOf(incoming));
    return this.latencyMs + (slow === null ? 0 : (slow.ms ?? DEFAULT_SLOWNESS));
  }

  private isForPrograms({ path }: Incoming): boolean {
    return GRAPH_PATH.test(path) || (this.entra.handles(path) && this.entra.isForPrograms(path));
  }

  /** Whose request it is, as far as it shows. */
  private emailOf(incoming: Incoming): string | null {
    return GRAPH_PATH.test(incoming.path) ? this.graph.api.mailboxOf(incoming) : this.entra.emailOf(incoming);
  }
}
