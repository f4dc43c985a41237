import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatorClock } from '@daybook/simulator-kit';
import type { MailboxStore } from '../../mailbox/mailbox-store';
import type { Call, StreamedOperation } from '../../soap/operation';
import { AnswerLost, EwsRefusal } from '../../soap/refusal';
import { childOf, textOf, type XmlElement } from '../../wire/element';
import { notification } from '../notification-element';
import type { Subscription } from '../subscription';
import type { Subscriptions } from '../subscriptions';
import type { Ticker } from '../ticker';
import type { OpenStreams } from './open-streams';
import { StreamConnection, type Failure } from './stream-connection';
import { eventsAnswer, failureAnswers, statusAnswer } from './stream-messages';

export interface Streaming {
  readonly store: MailboxStore;
  readonly clock: SimulatorClock;
  readonly subscriptions: Subscriptions;
  readonly streams: OpenStreams;
  readonly ticker: Ticker;
  /** Milliseconds: real ones in which events that come together are gathered, and those of the clock after which silence ends. */
  readonly pace: { readonly gather: number; readonly heartbeat: number };
}

const MINUTE = 60_000;
const MOST_IDS = 200;
const MOST_EVENTS = 100;

/**
 * `GetStreamingEvents`: an open answer that tells of events as they happen, of silence by `OK` and of its end by `Closed`.
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents-operation
 */
export const getStreamingEvents = (around: Streaming): StreamedOperation => ({
  stream: (request, call) => answers(around, request, call),
});

async function* answers(around: Streaming, request: XmlElement, call: Call): AsyncIterable<XmlElement> {
  const { connection, failures } = open(around, request, call);
  const stopTicks = around.ticker.start(() => connection.wake());
  // What waits to be told would find that out only when it is sent.
  const leave = (): void => connection.stop();
  call.gone?.addEventListener('abort', leave, { once: true });
  if (call.gone?.aborted === true) leave();
  try {
    if (connection.subscriptions.size > 0) yield statusAnswer('OK');
    yield* failureAnswers(failures);
    for (;;) {
      for (const answer of next(around, connection)) {
        connection.lastSent = around.clock.now();
        yield answer;
      }
      if (connection.isOver(around.clock.now())) break;
      await connection.news();
      await pause(around.pace.gather, undefined, { ref: false });
    }
    if (connection.isCut) throw new AnswerLost();
    yield statusAnswer('Closed');
  } finally {
    call.gone?.removeEventListener('abort', leave);
    stopTicks();
    close(around, connection);
  }
}

/** @throws EwsRefusal ErrorInvalidRequest for too many ids, ErrorExceededConnectionCount */
function open(
  { clock, subscriptions, streams }: Streaming,
  request: XmlElement,
  { mailbox }: Call,
): { readonly connection: StreamConnection; readonly failures: readonly Failure[] } {
  const ids = new Set((childOf(request, 'SubscriptionIds')?.children ?? []).map(({ text }) => text));
  if (ids.size > MOST_IDS) {
    throw new EwsRefusal('ErrorInvalidRequest', `At most ${MOST_IDS} subscriptions can share a connection.`);
  }
  const failures: Failure[] = [];
  const found = [...ids].flatMap((id) => {
    const one = streamable(subscriptions, id, mailbox);
    if ('code' in one) failures.push(one);
    return 'code' in one ? [] : [one];
  });
  const opened = clock.now();
  const ends = opened + Number(textOf(request, 'ConnectionTimeout')) * MINUTE;
  const connection = new StreamConnection(mailbox, { opened, ends });
  streams.add(connection, found);
  for (const one of found) subscriptions.hold(one, true);
  return { connection, failures };
}

function streamable(subscriptions: Subscriptions, id: string, owner: string): Subscription | Failure {
  try {
    const found = subscriptions.get(id, owner);
    if (found.kind === 'streaming') return found;
    return { id, code: 'ErrorInvalidSubscription', message: 'The subscription is not a streaming subscription.' };
  } catch (error) {
    if (!(error instanceof EwsRefusal)) throw error;
    return { id, code: error.responseCode, message: error.message };
  }
}

/** What there is to send now: what went wrong, what happened, or that nothing did for a while. */
function* next(around: Streaming, connection: StreamConnection): Iterable<XmlElement> {
  if (connection.isCut || connection.isStopped) return;
  const notifications: XmlElement[] = [];
  for (const one of connection.subscriptions.values()) notifications.push(...newsOf(around, connection, one));
  if (notifications.length > 0) yield eventsAnswer(notifications);
  const failures = connection.takeFailures();
  yield* failureAnswers(failures);
  const now = around.clock.now();
  // A clock that was set back must not silence a stream, as only what is sent finds out that a client is gone.
  const isSilent = Math.abs(now - connection.lastSent) >= around.pace.heartbeat;
  if (isSilent && !connection.isOver(now)) yield statusAnswer('OK');
}

function newsOf(
  { store, subscriptions }: Streaming,
  connection: StreamConnection,
  subscription: Subscription,
): readonly XmlElement[] {
  const { id, position } = subscription;
  if (!subscriptions.has(subscription)) {
    connection.fail({ id, code: 'ErrorSubscriptionUnsubscribed', message: 'The subscription was ended.' });
    return [];
  }
  const told = subscriptions.told(subscription, position, MOST_EVENTS);
  if (told === null) {
    subscriptions.remove(subscription);
    connection.fail({ id, code: 'ErrorMissedNotificationEvents', message: 'Notification events were missed.' });
    return [];
  }
  subscription.position = told.end;
  if (told.hasMore) connection.wake();
  return told.events.length === 0 ? [] : [notification({ id, position }, told, { store, mark: null })];
}

function close({ subscriptions, streams }: Streaming, connection: StreamConnection): void {
  streams.remove(connection);
  for (const one of connection.subscriptions.values()) subscriptions.hold(one, false);
}
