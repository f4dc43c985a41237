import { randomBytes } from 'node:crypto';

/** The W3C trace context header, taken apart (https://www.w3.org/TR/trace-context/#traceparent-header). */
export interface Traceparent {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Null for anything that is not a valid header; a later version of the form is read by its first four fields. */
export function parseTraceparent(text: string): Traceparent | null {
  const [, version, traceId, spanId, flags, more] = form.exec(text) ?? [];
  if (!version || !traceId || !spanId || !flags || version === 'ff' || (version === '00' && more !== undefined)) {
    return null;
  }
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) {
    return null;
  }
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** A new trace's first header. Not sampled: only a tracing edge decides to record. */
export function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

/** A header for a call made while handling `text`: the same trace, a new span. Without a valid parent a new trace begins. */
export function childTraceparent(text?: string): string {
  const parent = text === undefined ? null : parseTraceparent(text);
  return parent
    ? `00-${parent.traceId}-${randomBytes(8).toString('hex')}-${parent.sampled ? '01' : '00'}`
    : newTraceparent();
}
