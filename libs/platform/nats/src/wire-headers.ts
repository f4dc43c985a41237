import { callerSchema, type Caller } from '@daybook/contracts';
import { currentContext, newCorrelationId } from '@daybook/platform/logging';
import { childTraceparent, parseTraceparent } from '@daybook/platform/telemetry';
import { headers as newHeaders, type MsgHdrs } from 'nats';

/** The header names of requests, replies, jobs and events. */
export const wireHeader = {
  status: 'daybook-status',
  correlationId: 'daybook-correlation-id',
  /** What is left of the caller's time, in ms: a duration, because two hosts' clocks may differ. */
  timeLeft: 'daybook-time-left-ms',
  caller: 'daybook-caller',
  from: 'daybook-from',
  traceparent: 'traceparent',
} as const;

/** What an answering side learns from the headers; everything in them is checked, because they crossed a wire. */
export interface WireContext {
  readonly correlationId: string;
  readonly traceparent?: string;
  readonly timeLeftMs?: number;
  readonly caller?: Caller;
  readonly from?: string;
}

export interface OutgoingContext {
  readonly correlationId?: string | undefined;
  /** Sent as it is; absent, a new span of the running request's trace. */
  readonly traceparent?: string | undefined;
  readonly caller?: Caller | undefined;
  readonly from?: string | undefined;
  readonly timeLeftMs?: number | undefined;
}

/** Headers for a request or message; correlation and trace come from the running request where they are not given. */
export function writeHeaders(context: OutgoingContext): MsgHdrs {
  const running = currentContext();
  const headers = newHeaders();
  headers.set(wireHeader.correlationId, context.correlationId ?? running?.correlationId ?? newCorrelationId());
  headers.set(wireHeader.traceparent, context.traceparent ?? childTraceparent(running?.traceparent));
  if (context.timeLeftMs !== undefined) {
    headers.set(wireHeader.timeLeft, String(Math.max(1, Math.round(context.timeLeftMs))));
  }
  if (context.caller) {
    headers.set(wireHeader.caller, Buffer.from(JSON.stringify(context.caller)).toString('base64url'));
  }
  if (context.from) {
    headers.set(wireHeader.from, context.from);
  }
  return headers;
}

/** Reads the headers of a request or message; what is missing or malformed is replaced or left out. */
export function readHeaders(headers: MsgHdrs | undefined): WireContext {
  const text = (name: string) => headers?.get(name) || undefined;
  const correlationId = text(wireHeader.correlationId);
  const traceparent = text(wireHeader.traceparent);
  const timeLeftMs = Number(text(wireHeader.timeLeft));
  const caller = readCaller(text(wireHeader.caller));
  const from = text(wireHeader.from);
  return {
    correlationId: correlationId && /^[\w.:-]{1,128}$/.test(correlationId) ? correlationId : newCorrelationId(),
    ...(traceparent && parseTraceparent(traceparent) ? { traceparent } : {}),
    ...(timeLeftMs > 0 ? { timeLeftMs } : {}),
    ...(caller ? { caller } : {}),
    ...(from && /^[\w.-]{1,64}$/.test(from) ? { from } : {}),
  };
}

function readCaller(encoded: string | undefined): Caller | undefined {
  if (!encoded) {
    return undefined;
  }
  try {
    return callerSchema.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}
