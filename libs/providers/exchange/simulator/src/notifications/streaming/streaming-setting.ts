/** What becomes of answers that stay open. */
import type { Operation, StreamedOperation } from '../../soap/operation';
import { EwsFault } from '../../soap/refusal';
import type { XmlElement } from '../../wire/element';
import { tooManyConnections } from './open-streams';

/**
 * `open`: they come as they are told. `held`: all at once when they are over, as a proxy sends them that wants to know their length.
 * `full`: others have every place. `unknown`: the server has never heard of them.
 */
export const STREAMING_SETTINGS = ['open', 'held', 'full', 'unknown'] as const;

export type StreamingSetting = (typeof STREAMING_SETTINGS)[number];

/** `GetStreamingEvents` as it is set at the time of each request. */
export const streamedAs = ({ stream }: StreamedOperation, setting: () => StreamingSetting): StreamedOperation => ({
  stream: (request, call) => {
    const set = setting();
    if (set === 'unknown') throw notKnown(request);
    if (set === 'full') return refused();
    const answers = stream(request, call);
    return set === 'held' ? heldBack(answers) : answers;
  },
});

/** `Subscribe` of a server that may not know what it is to be subscribed to. */
export const subscribedAs =
  (subscribe: Operation, setting: () => StreamingSetting): Operation =>
  (request, call) => {
    const [wish] = request.children;
    if (wish?.name === 'StreamingSubscriptionRequest' && setting() === 'unknown') throw notKnown(wish);
    return subscribe(request, call);
  };

/** As an answer with nothing else in it. */
async function* refused(): AsyncGenerator<never> {
  throw tooManyConnections();
}

async function* heldBack(answers: AsyncIterable<XmlElement>): AsyncIterable<XmlElement> {
  const held: XmlElement[] = [];
  for await (const answer of answers) held.push(answer);
  yield* held;
}

const notKnown = ({ name }: XmlElement): EwsFault =>
  new EwsFault('ErrorSchemaValidation', `The request failed schema validation: the element ${name} is not known.`);
