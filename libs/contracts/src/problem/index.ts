export { blameSchema, fail, fieldFaultSchema, problem, ProblemError, problemSchema } from './problem';
export type { Blame, FieldFault, Problem, ProblemExtras } from './problem';
export { problemCatalog } from './problem-catalog';
export type { ProblemCode } from './problem-catalog';
