import { isNativeError } from 'node:util/types';
import { maskText } from './mask-text';

/** Structured fields of a line. Only names on the allow-list come out; see `safeFields`. */
export interface LogFields {
  readonly [name: string]: unknown;
}

/**
 * The names that may appear. Ids, counts, durations, codes and states say what happened; whatever could hold words that a
 * person wrote (titles, addresses, names, bodies, queries) has no name here, so a careless field shows as `[hidden]`.
 */
const plainNames = new Set(
  `id ids attempt attempts backend code codes consumer context count counts direction durationMs error event
  fault fence from generation host job kind lease level method migration mode operation outcome owner
  page pages partition partitions pid port provider queue reason result rev route sequence service signal size
  state status stream subject target to total type version`.split(/\s+/),
);

const nameEndings = /(Id|Ids|Count|Ms|Bytes|Seconds|At|Code|Kind|Version|Sequence|Total)$/;

/** Values under an allowed name are words of the program: short, without blanks, addresses or braces. */
const plainValue = /^[\w.:/*+#,>$-]{0,200}$/;

/** The fields as they may be written: unknown names become `[hidden]`, errors become name, code, masked message and stack. */
export function safeFields(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, safeField(name, value)]));
}

function safeField(name: string, value: unknown): unknown {
  if (isNativeError(value)) {
    return safeError(value);
  }
  if (name === 'reason' && typeof value === 'string') {
    return maskText(value.slice(0, 300));
  }
  return plainNames.has(name) || nameEndings.test(name) ? safeValue(value, 0) : '[hidden]';
}

function safeValue(value: unknown, depth: number): unknown {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'string') {
    return plainValue.test(value) ? value : '[hidden]';
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (Array.isArray(value) && depth === 0) {
    return value.slice(0, 50).map((item) => safeValue(item, 1));
  }
  return '[hidden]';
}

/** An error without what it may quote: the message masked, the stack without its first lines (they repeat the message). */
export function safeError(error: Error, depth = 0): Record<string, unknown> {
  const code: unknown = 'code' in error ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: maskText(error.message),
    stack: frames
      .slice(0, 12)
      .map((line) => line.trim())
      .join('\n'),
    ...(isNativeError(error.cause) && depth < 3 ? { cause: safeError(error.cause, depth + 1) } : {}),
  };
}
