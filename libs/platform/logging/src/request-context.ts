import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What travels with one request through all code it causes, without being handed on by hand. */
export interface RequestContext {
  readonly correlationId: string;
  /** W3C trace context (`00-<trace>-<span>-<flags>`), passed through as it came. */
  readonly traceparent?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work`; everything it starts sees `context`, and log lines carry its correlation id. */
export function runWithContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

export function newCorrelationId(): string {
  return randomUUID();
}
