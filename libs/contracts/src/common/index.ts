export { callerSchema, clientSchema, rawBodySchema, roleSchema } from './caller';
export type { Caller, Client, RawBody, Role } from './caller';
export { operation } from './operation';
export type { InputOf, Operation, OutputOf, ParsedInputOf } from './operation';
export { parseBody, parseQuery, toFieldFaults } from './parse-body';
export {
  freshnessSchema,
  freshnessSourceSchema,
  healthInput,
  healthSchema,
  instantSchema,
  listOf,
  methodSchema,
  partSchema,
  permissionSchema,
  permissionsSchema,
  serviceNameSchema,
  standingProblemSchema,
} from './shapes';
export type {
  ConnectionMethod,
  Freshness,
  Health,
  Part,
  Permission,
  Permissions,
  ServiceName,
  StandingProblem,
} from './shapes';
