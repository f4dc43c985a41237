export { createLogger, logLevels } from './create-logger';
export type { Logger, LoggerOptions, LogLevel } from './create-logger';
export type { LogFields } from './log-fields';
export { maskText } from './mask-text';
export { NestPinoLogger } from './nest-pino-logger';
export { currentContext, newCorrelationId, runWithContext } from './request-context';
export type { RequestContext } from './request-context';
