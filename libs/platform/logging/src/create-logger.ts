import pino from 'pino';
import { safeFields, type LogFields } from './log-fields';
import { maskText } from './mask-text';
import { currentContext } from './request-context';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * A log of JSON lines without personal data. `error` means that somebody must act; what mends itself by waiting is `warn`;
 * what an operator may want to follow is `info`.
 */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log with `fields` in every line. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly service: string;
  readonly level?: LogLevel;
  /** Where lines go; standard output when absent. Tests hand in an array's `push`. */
  readonly destination?: { write(line: string): void };
}

/** The process's root logger. Fields and messages are cleaned here, for all children and adapters. */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const context = currentContext();
      return context ? { correlationId: context.correlationId } : {};
    },
  };
  return wrap(destination ? pino(options, destination) : pino(options));
}

function wrap(target: pino.Logger): Logger {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (target.isLevelEnabled(level)) {
      target[level](fields ? safeFields(fields) : {}, maskText(message));
    }
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(target.child(safeFields(fields))),
  };
}
