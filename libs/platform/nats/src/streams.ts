import { streams } from '@daybook/contracts';
import { NatsError, nanos, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig } from 'nats';
import type { NatsClient } from './nats-client';

/** A stream as Daybook needs it. */
export interface StreamSpec {
  readonly name: string;
  readonly subjects: readonly string[];
  /** `limits` keeps messages for `maxAgeMs`; `workqueue` keeps each until its one consumer has acknowledged it. */
  readonly retention: 'limits' | 'workqueue';
  readonly maxAgeMs: number;
}

export interface StreamFacts {
  readonly name: string;
  /** When the broker made it: another value than before means that its volume was wiped in between. */
  readonly created: string;
}

/** As the contracts declare them; two minutes of dedupe are the broker's default, stated because replays rest on it. */
export const daybookStreams: Readonly<Record<keyof typeof streams, StreamSpec>> = streams;

const dedupeMs = 2 * 60 * 1000;

/** The stream that takes `subject`, by the first word of it. Throws Error for a subject outside all streams. */
export function streamOf(subject: string): StreamSpec {
  const found = Object.values(daybookStreams).find((spec) =>
    spec.subjects.some((pattern) => subject.startsWith(pattern.slice(0, -1))),
  );
  if (!found) {
    throw new Error(`no stream takes the subject ${subject}`);
  }
  return found;
}

/**
 * Makes the streams that are missing and brings changed ones up to the specification. Every service may call it at any
 * time, also at once; after a wiped volume it makes them anew. Needs a connection; rejects with the broker's error.
 */
export async function ensureStreams(
  client: NatsClient,
  specs: readonly StreamSpec[] = Object.values(daybookStreams),
): Promise<StreamFacts[]> {
  const manager = await client.jetstreamManager();
  const facts: StreamFacts[] = [];
  for (const spec of specs) {
    facts.push(await ensureStream(manager, spec));
  }
  return facts;
}

async function ensureStream(manager: JetStreamManager, spec: StreamSpec): Promise<StreamFacts> {
  const config = toConfig(spec);
  const known = await manager.streams.info(spec.name).catch(unlessMissing);
  if (!known) {
    const made = await manager.streams.add(config);
    return { name: spec.name, created: made.created };
  }
  if (differs(known.config, config)) {
    await manager.streams.update(spec.name, config);
  }
  return { name: spec.name, created: known.created };
}

function toConfig(spec: StreamSpec): Partial<StreamConfig> & { name: string } {
  return {
    name: spec.name,
    subjects: [...spec.subjects],
    retention: spec.retention === 'limits' ? RetentionPolicy.Limits : RetentionPolicy.Workqueue,
    storage: StorageType.File,
    max_age: nanos(spec.maxAgeMs),
    duplicate_window: nanos(dedupeMs),
    num_replicas: 1,
  };
}

function differs(known: StreamConfig, wanted: Partial<StreamConfig>): boolean {
  return (
    known.max_age !== wanted.max_age ||
    known.duplicate_window !== wanted.duplicate_window ||
    known.subjects.join() !== wanted.subjects?.join()
  );
}

/** Null for "there is none", so that it can be made; any other error passes. */
export function unlessMissing(error: unknown): null {
  if (error instanceof NatsError && error.api_error?.code === 404) {
    return null;
  }
  throw error;
}
